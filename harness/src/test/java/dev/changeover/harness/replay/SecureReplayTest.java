package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Replay.failed;
import static dev.changeover.harness.replay.Transports.secure;
import static dev.changeover.harness.replay.Transports.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.scenario.Transport;
import dev.changeover.harness.transport.Certificates;
import dev.changeover.harness.transport.ConnectProxy;
import dev.changeover.harness.transport.TlsPeer;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS and proxies on the way to a gateway.
@Timeout(60)
class SecureReplayTest {

    @TempDir
    private Path folder;

    @Test
    void aTrustedPeerIsServedAndItsConnectionKept() {
        Certificates certificates = Certificates.of(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, Wire::answerStream);
                Replay replay = new Replay(PATIENT, secure(peer.port(), trusting(certificates)))) {
            replay.play(1);
            replay.replayer().play(List.of(Replay.request(1, 0)).iterator());
            replay.replayer().drain();

            assertThat(replay.requests()).hasSize(2).allMatch(r -> r.outcome().isServed());
            assertThat(replay.requests().getFirst().gaps()).isPresent();
            assertThat(peer.connections()).isEqualTo(1);
            assertThat(peer.versions()).containsOnly("HTTP_1_1");
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedAndSaidOnce() {
        Certificates certificates = Certificates.of(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, Wire::answerStream);
                Replay replay = new Replay(PATIENT, secure(peer.port(), ReadyTransport.CALLER))) {
            replay.play(5);

            assertThat(replay.requests())
                    .hasSize(5)
                    .extracting(Event.Request::outcome)
                    .containsOnly(failed(ErrorKind.CONNECTION_REFUSED));
            assertThat(warnings(replay))
                    .singleElement()
                    .asString()
                    .contains("nobody trusted vouches for the certificate of localhost", "trust");
            assertThat(peer.versions()).isEmpty();
        }
    }

    @Test
    void anExpiredOneIsSaidToBeExpired() {
        Certificates certificates = Certificates.expired(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, Wire::answerStream)) {
            assertRefused(secure(peer.port(), trusting(certificates)), "the certificate of localhost has expired");
        }
    }

    @Test
    void oneForAnotherHostIsSaidToBe() {
        Certificates certificates = Certificates.forHost(folder, "gateway.example.com");
        try (TlsPeer peer = TlsPeer.secure(certificates, Wire::answerStream)) {
            assertRefused(secure(peer.port(), trusting(certificates)), "the certificate is not for localhost");
        }
    }

    @Test
    void aPlainPeerIsNoneForTls() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
            line.write(Wire.STREAM);
            line.awaitClosedByClient();
        })) {
            assertRefused(secure(peer.port(), ReadyTransport.CALLER), "localhost");
        }
    }

    @Test
    void aPeerThatNeverShakesHandsRunsIntoTheConnectDeadline() throws IOException {
        try (FakePeer peer = new FakePeer(FakePeer.Line::awaitClosedByClient);
                Replay replay = new Replay(
                        Replay.deadlines(200, 20_000, 20_000, 20_000), secure(peer.port(), ReadyTransport.CALLER))) {
            assertThat(replay.play(1).getFirst().outcome()).isEqualTo(failed(ErrorKind.TIMEOUT_CONNECT));
        }
    }

    @Test
    void http2IsNegotiatedAndCarriesManyOnOneConnection() {
        Certificates certificates = Certificates.of(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, Wire::answerStream);
                Replay replay = new Replay(PATIENT, secure(peer.port(), trusting(certificates, Transport.Http.TWO)))) {
            assertThat(replay.play(50)).hasSize(50).allMatch(r -> r.outcome().isServed());
            assertThat(peer.versions()).hasSize(50).containsOnly("HTTP_2");
            assertThat(peer.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aPeerWithoutHttp2IsRefusedAndNothingIsSent() {
        Certificates certificates = Certificates.of(folder);
        try (TlsPeer peer = TlsPeer.secure(certificates, false, Wire::answerStream)) {
            assertRefused(
                    secure(peer.port(), trusting(certificates, Transport.Http.TWO)), "localhost does not offer HTTP/2");
            assertThat(peer.versions()).isEmpty();
        }
    }

    @Test
    void aProxyIsAskedToConnectAndToldTheCredentials() throws IOException {
        Certificates certificates = Certificates.of(folder);
        ReadyTransport.Credentials known = new ReadyTransport.Credentials("joe", "word");
        try (TlsPeer peer = TlsPeer.secure(certificates, Wire::answerStream);
                ConnectProxy proxy = ConnectProxy.passing();
                Replay replay = new Replay(
                        PATIENT,
                        secure(
                                "127.0.0.1",
                                peer.port(),
                                Transports.through(trusting(certificates), proxy.via(Optional.of(known)))))) {
            assertThat(replay.play(3)).hasSize(3).allMatch(r -> r.outcome().isServed());
            assertThat(proxy.asked())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT 127.0.0.1:%d HTTP/1.1".formatted(peer.port()))
                            .containsIgnoringCase("proxy-authorization: Basic am9lOndvcmQ="));
            assertThat(replay.events().toString()).doesNotContain("word", "am9lOndvcmQ");
        }
    }

    @Test
    void aProxyThatRefusesIsNamedWithItsStatus() throws IOException {
        for (int status : List.of(407, 502)) {
            try (ConnectProxy proxy =
                    ConnectProxy.answering("HTTP/1.1 %d X\r\nContent-Length: 0\r\n\r\n".formatted(status))) {
                assertRefused(
                        secure(1, Transports.through(ReadyTransport.CALLER, proxy.via(Optional.empty()))),
                        "the proxy http://127.0.0.1:%d opened no way to localhost:1 (status: %d"
                                .formatted(proxy.port(), status));
            }
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        ReadyTransport.Via gone;
        try (ConnectProxy proxy = ConnectProxy.passing()) {
            gone = proxy.via(Optional.empty());
        }
        assertRefused(
                secure(1, Transports.through(ReadyTransport.CALLER, gone)),
                "the proxy http://127.0.0.1:%d cannot be reached".formatted(gone.port()));
    }

    @Test
    void aProxyThatNeverAnswersOrNeverEndsRunsIntoADeadline() throws IOException {
        try (ConnectProxy proxy = ConnectProxy.answering("");
                Replay replay = new Replay(
                        Replay.deadlines(200, 20_000, 20_000, 20_000),
                        secure(1, Transports.through(ReadyTransport.CALLER, proxy.via(Optional.empty()))))) {
            Outcome outcome = replay.play(1).getFirst().outcome();
            assertThat(outcome).isEqualTo(failed(ErrorKind.TIMEOUT_CONNECT));
        }
    }

    private static void assertRefused(Target target, String why) {
        try (Replay replay = new Replay(PATIENT, target)) {
            assertThat(replay.play(1).getFirst().outcome()).isEqualTo(failed(ErrorKind.CONNECTION_REFUSED));
            assertThat(warnings(replay)).singleElement().asString().contains(why);
        }
    }

    private static List<String> warnings(Replay replay) {
        return replay.events().stream()
                .filter(Event.Warning.class::isInstance)
                .map(event -> ((Event.Warning) event).text())
                .toList();
    }
}
