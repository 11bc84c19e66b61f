package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.scenario.ReadyTransport.Credentials;
import dev.changeover.harness.scenario.ReadyTransport.Via;
import dev.changeover.harness.scenario.Transport.Http;
import dev.changeover.harness.scenario.Transport.KeepAlive;
import dev.changeover.harness.transport.Certificates;
import dev.changeover.harness.transport.ConnectProxy;
import dev.changeover.harness.transport.TlsPeer;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a tap reaches a real provider: TLS with a trust of its own, proxies, HTTP/2, gzip, keep-alive.
@Timeout(60)
class TapConnectionsTest {

    private static final String STREAM = Answers.words("one") + Answers.words("two") + "data: [DONE]\n\n";

    @TempDir
    private Path folder;

    @Test
    void aTrustedProviderAnswers() throws Exception {
        Certificates certificates = Certificates.of(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, TapConnectionsTest::answer);
                TapBench bench = TapBench.before(secure(peer), transport(Http.ONE, certificates))) {
            assertThat(bench.answer(true)).contains("200 OK", "one", "[DONE]");
            assertThat(bench.row().outcome()).isEqualTo(Outcome.SERVED);
            assertThat(peer.versions()).containsExactly("HTTP_1_1");
        }
    }

    @Test
    void anExpiredCertificateIsSaidOnce() throws Exception {
        Certificates certificates = Certificates.expired(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, TapConnectionsTest::answer);
                TapBench bench = TapBench.before(secure(peer), transport(Http.ONE, certificates))) {
            assertThat(bench.answer(true)).contains("502", "connection_refused");
            assertThat(bench.warning()).isEqualTo("providers.old: the certificate of localhost has expired");
            assertRefused(bench.row());
            bench.answer(true);
            assertRefused(bench.row());
        }
    }

    @Test
    void aCertificateForAnotherHostIsSaid() throws Exception {
        Certificates certificates = Certificates.forHost(folder, "api.example.com");
        try (TlsPeer peer = TlsPeer.secure(certificates, TapConnectionsTest::answer);
                TapBench bench = TapBench.before(secure(peer), transport(Http.ONE, certificates))) {
            bench.answer(true);
            assertThat(bench.warning()).contains("the certificate is not for localhost");
            assertRefused(bench.row());
        }
    }

    @Test
    void http2IsNegotiated() throws Exception {
        Certificates certificates = Certificates.of(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, TapConnectionsTest::answer);
                TapBench bench = TapBench.before(secure(peer), transport(Http.TWO, certificates))) {
            assertThat(bench.answer(true)).contains("200 OK", "one", "[DONE]");
            assertThat(bench.row().outcome()).isEqualTo(Outcome.SERVED);
            assertThat(peer.versions()).containsExactly("HTTP_2");
        }
    }

    @Test
    void http2InPlainIsSpokenAtOnce() throws Exception {
        try (TlsPeer peer = TlsPeer.plain(TapConnectionsTest::answer);
                TapBench bench = TapBench.before(plain(peer), transport(Http.TWO))) {
            assertThat(bench.answer(true)).contains("[DONE]");
            assertThat(peer.versions()).containsExactly("HTTP_2");
        }
    }

    @Test
    void aProviderWithoutHttp2IsToldNothing() throws Exception {
        Certificates certificates = Certificates.of(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, false, TapConnectionsTest::answer);
                TapBench bench = TapBench.before(secure(peer), transport(Http.TWO, certificates))) {
            assertThat(bench.answer(true)).contains("502", "connection_refused");
            assertThat(bench.warning()).contains("providers.old", "localhost");
            assertRefused(bench.row());
            assertThat(peer.versions()).isEmpty();
        }
    }

    @Test
    void aStreamThatTheProviderResetsIsAReset() throws Exception {
        try (TlsPeer peer = TlsPeer.plain(request -> request.response().reset(2));
                TapBench bench = TapBench.before(plain(peer), transport(Http.TWO))) {
            assertThat(bench.answer(true)).isEmpty();
            assertThat(bench.row().outcome()).isEqualTo(new Outcome.Failed(ErrorKind.CONNECTION_RESET));
        }
    }

    @Test
    void aStreamThatTheProviderRefusesWasNotBegun() throws Exception {
        try (TlsPeer peer = TlsPeer.plain(request -> request.response().reset(7));
                TapBench bench = TapBench.before(plain(peer), transport(Http.TWO))) {
            assertThat(bench.answer(true)).contains("502", "connection_refused");
            assertRefused(bench.row());
        }
    }

    @Test
    void aProxyIsAskedToConnect() throws Exception {
        Certificates certificates = Certificates.of(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, TapConnectionsTest::answer);
                ConnectProxy proxy = ConnectProxy.passing();
                TapBench bench = TapBench.before(
                        URI.create("https://127.0.0.1:" + peer.port() + "/v1"),
                        through(
                                transport(Http.ONE, certificates),
                                proxy.via(Optional.of(new Credentials("joe", "word")))))) {
            assertThat(bench.answer(true)).contains("[DONE]");
            assertThat(proxy.asked())
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT 127.0.0.1:" + peer.port())
                    .containsIgnoringCase("proxy-authorization: Basic am9lOndvcmQ=");
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.answering("HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n");
                TapBench bench = TapBench.before(
                        URI.create("https://api.example.com/v1"),
                        through(ReadyTransport.PROVIDER, proxy.via(Optional.empty())))) {
            assertThat(bench.answer(true)).contains("502", "connection_refused");
            assertThat(bench.warning())
                    .contains("the proxy http://127.0.0.1:%d opened no way to api.example.com:443 (status: 407"
                            .formatted(proxy.port()));
            assertRefused(bench.row());
        }
    }

    @Test
    void compressedAnswersArePassedOnAsTheyWereBefore() throws Exception {
        for (Http http : Http.values()) {
            try (TlsPeer peer = TlsPeer.plain(request -> {
                        assertThat(request.getHeader("accept-encoding")).isEqualTo("gzip");
                        answer(request);
                    });
                    TapBench bench = TapBench.before(
                            plain(peer),
                            new ReadyTransport(
                                    http, Optional.empty(), Optional.empty(), true, new KeepAlive.Always()))) {
                assertThat(bench.answer(true))
                        .contains("one", "two", "[DONE]")
                        .doesNotContainIgnoringCase("content-encoding: gzip");
                assertThat(bench.row().outcome()).isEqualTo(Outcome.SERVED);
            }
        }
    }

    @Test
    void keepAliveNoneSaysSo() throws Exception {
        try (TlsPeer peer = TlsPeer.plain(request -> {
                    assertThat(request.getHeader("connection")).isEqualTo("close");
                    answer(request);
                });
                TapBench bench = TapBench.before(
                        plain(peer),
                        new ReadyTransport(
                                Http.ONE, Optional.empty(), Optional.empty(), false, new KeepAlive.None()))) {
            assertThat(bench.answer(true)).contains("[DONE]");
            assertThat(bench.answer(true)).contains("[DONE]");
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    private static void answer(HttpServerRequest request) {
        request.response().putHeader("content-type", "text/event-stream").end(STREAM);
    }

    private static URI secure(TlsPeer peer) {
        return URI.create("https://localhost:" + peer.port() + "/v1");
    }

    private static URI plain(TlsPeer peer) {
        return URI.create("http://127.0.0.1:" + peer.port() + "/v1");
    }

    private static ReadyTransport transport(Http http) {
        return new ReadyTransport(
                http, Optional.empty(), Optional.empty(), false, new KeepAlive.Idle(Duration.ofSeconds(15)));
    }

    private static ReadyTransport transport(Http http, Certificates certificates) {
        return new ReadyTransport(
                http, certificates.trust(), Optional.empty(), false, new KeepAlive.Idle(Duration.ofSeconds(15)));
    }

    private static ReadyTransport through(ReadyTransport direct, Via proxy) {
        return new ReadyTransport(
                direct.http(), direct.trusted(), Optional.of(proxy), direct.gzip(), direct.keepAlive());
    }

    private static void assertRefused(Event.UpstreamCall row) {
        assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.CONNECTION_REFUSED));
        assertThat(row.status()).isEmpty();
    }
}
