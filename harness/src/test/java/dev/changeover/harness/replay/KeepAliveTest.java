package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Transports.keeping;
import static dev.changeover.harness.replay.Transports.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.scenario.Transport;
import dev.changeover.harness.scenario.Transport.KeepAlive;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long connections that carry nothing are kept.
@Timeout(60)
class KeepAliveTest {

    @Test
    void noneGivesEveryRequestAConnectionOfItsOwnAndSaysSo() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, plain(peer.port(), keeping(new KeepAlive.None())))) {
            replay.play(1);
            replay.replayer().play(List.of(Replay.request(1, 0)).iterator());
            replay.replayer().drain();

            assertThat(replay.requests()).hasSize(2).allMatch(r -> r.outcome().isServed());
            assertThat(peer.received()).allMatch(r -> r.header("Connection").equals("close"));
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void oneThatHasBeenIdleForSoLongIsClosedByUs() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.write(Wire.STREAM);
                    line.awaitClosedByClient();
                    closed.countDown();
                });
                Replay replay =
                        new Replay(PATIENT, plain(peer.port(), keeping(new KeepAlive.Idle(Duration.ofMillis(100)))))) {
            assertThat(replay.play(1)).allMatch(r -> r.outcome().isServed());
            closed.await();
        }
    }

    @Test
    void oneThatIsUsedAgainInTimeIsKept() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay =
                        new Replay(PATIENT, plain(peer.port(), keeping(new KeepAlive.Idle(Duration.ofSeconds(40)))))) {
            replay.play(1);
            replay.replayer().play(List.of(Replay.request(1, 0)).iterator());
            replay.replayer().drain();

            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void anIdleConnectionOfHttp2IsClosedByUsToo() throws Exception {
        ReadyTransport brief = new ReadyTransport(
                Transport.Http.TWO,
                Optional.empty(),
                Optional.empty(),
                false,
                new KeepAlive.Idle(Duration.ofMillis(100)));
        CountDownLatch closed = new CountDownLatch(1);
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet();
                    line.answer(line.readRequest(), Wire.EVENTS);
                    line.awaitClosedByClient();
                    closed.countDown();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), brief))) {
            assertThat(replay.play(1)).allMatch(r -> r.outcome().isServed());
            closed.await();
        }
    }
}
