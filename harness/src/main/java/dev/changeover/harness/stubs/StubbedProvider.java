package dev.changeover.harness.stubs;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.Notifier;
import com.github.tomakehurst.wiremock.core.Admin;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extensions;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.notmatched.NotMatchedRenderer;
import java.nio.file.Path;

/// A provider made of the user's own stubs, served by WireMock on loopback.
///
/// WireMock keeps a thread for as long as an answer takes, and has ten by its own default; here it has enough for
/// [#MOST_AT_ONCE] answers under way. It keeps no journal of requests and says nothing of them.
public final class StubbedProvider implements AutoCloseable {

    /// More than that wait for one of them to end.
    public static final int MOST_AT_ONCE = 2_000;

    private static final int OWN_THREADS = 16;
    private static final int BACKLOG = 1_024;

    private final WireMockServer server;

    private StubbedProvider(WireMockServer server) {
        this.server = server;
    }

    /// @throws IllegalStateException when the folder has problems, or no port is to be had
    public static StubbedProvider start(Path folder) {
        StubFolder stubs = StubFolder.read(folder);
        stubs.problems().stream().findFirst().ifPresent(problem -> {
            throw new IllegalStateException("%s: %s".formatted(problem.place(), problem.what()));
        });
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .containerThreads(MOST_AT_ONCE + OWN_THREADS)
                .jettyAcceptQueueSize(BACKLOG)
                .usingFilesUnderDirectory(stubs.root().toString())
                .disableRequestJournal()
                .stubRequestLoggingDisabled(true)
                .notifier(new Silent())
                .notMatchedRendererFactory(NoStub::new));
        stubs.stubs().forEach(server::addStubMapping);
        server.start();
        return new StubbedProvider(server);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    /// What WireMock says may hold requests.
    private static final class Silent implements Notifier {
        @Override
        public void info(String message) {}

        @Override
        public void error(String message) {}

        @Override
        public void error(String message, Throwable cause) {}
    }

    /// The 404 of a request that no stub matches, in words that are an answer of this wire. WireMock's own hold the
    /// request beside the stub that is nearest to it.
    private static final class NoStub extends NotMatchedRenderer {

        private static final String BODY =
                "{\"error\":{\"message\":\"WireMock has no stub for this request\",\"type\":\"no_stub\"}}";

        NoStub(Extensions extensions) {}

        @Override
        protected ResponseDefinition render(Admin admin, ServeEvent event) {
            return ResponseDefinitionBuilder.responseDefinition()
                    .withStatus(404)
                    .withHeader("Content-Type", "application/json")
                    .withBody(BODY)
                    .build();
        }
    }
}
