package dev.changeover.harness.stubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StubbedProviderTest {

    private static final int STREAMS = 200;

    @TempDir
    private Path folder;

    @Test
    void twoHundredSlowStreamsAreUnderWayAtOnce() throws Exception {
        Stubs.write(folder, "slow", """
            {"status":200,"headers":{"Content-Type":"text/event-stream"},"body":"data: 1\\n\\ndata: 2\\n\\ndata: 3\\n\\n",
            "chunkedDribbleDelay":{"numberOfChunks":10,"totalDuration":20000}}\
            """);
        CountDownLatch begun = new CountDownLatch(STREAMS);
        AtomicInteger ended = new AtomicInteger();
        try (StubbedProvider provider = StubbedProvider.start(folder);
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int stream = 0; stream < STREAMS; stream++) {
                callers.submit(() -> {
                    try (InputStream body = client.send(
                                    asking(provider, "slow"), HttpResponse.BodyHandlers.ofInputStream())
                            .body()) {
                        body.read();
                        begun.countDown();
                        body.readAllBytes();
                        ended.incrementAndGet();
                    }
                    return null;
                });
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(ended.get()).as("ended when the last began").isLessThan(STREAMS / 4);
            callers.shutdownNow();
            client.shutdownNow();
        }
    }

    @Test
    void arequestWithoutAStubIsA404ThatSaysSoAndQuotesNothing() throws Exception {
        Stubs.write(folder, "other", "{\"status\":200}");
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try (StubbedProvider provider = StubbedProvider.start(folder);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(asking(provider, "secret"), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body())
                    .contains("WireMock has no stub for this request")
                    .doesNotContain("secret");
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeServedIsToldBeforeAnythingStarts() {
        assertThatThrownBy(() -> StubbedProvider.start(folder.resolve("none")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not there");
    }

    private static HttpRequest asking(StubbedProvider provider, String model) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/chat/completions".formatted(provider.port())))
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"%s\",\"messages\":[{}]}".formatted(model)))
                .build();
    }
}
