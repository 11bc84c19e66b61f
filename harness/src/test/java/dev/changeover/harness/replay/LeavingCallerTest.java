package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Replay.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Callers who leave, as they left when it was recorded.
@Timeout(60)
class LeavingCallerTest {

    private static final long MS = 1_000_000;

    @Test
    void aCallerLeavesInTheMiddleOfAStreamAndThePeerSeesIt() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.write(Wire.STREAM_HEAD + Wire.HELLO);
                    line.awaitClosedByClient();
                    closed.countDown();
                });
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            Event.Request request = replay.play(Replay.leaving(0, 500 * MS)).getFirst();
            closed.await();

            assertThat(request.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(request.mayBeBilled()).isFalse();
            assertThat(request.timing().latencyNanos()).isGreaterThanOrEqualTo(500 * MS);
        }
    }

    @Test
    void aCallerLeavesBeforeAnyAnswer() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            Event.Request request = replay.play(Replay.leaving(0, 200 * MS)).getFirst();

            assertThat(request.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(request.status()).isEmpty();
        }
    }

    @Test
    void anAnswerThatEndedBeforeIsServed() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            assertThat(replay.play(Replay.leaving(0, 30_000 * MS)).getFirst().outcome())
                    .isEqualTo(Outcome.SERVED);
        }
    }

    @Test
    void patienceThatEndsFirstIsATimeout() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(Replay.deadlines(20_000, 100, 20_000, 20_000), gateway(peer.port()))) {
            assertThat(replay.play(Replay.leaving(0, 30_000 * MS)).getFirst().outcome())
                    .isInstanceOf(Outcome.Failed.class);
        }
    }

    @Test
    void aCallerWhoLeavesTheQueueWasNeverSent() throws IOException {
        CountDownLatch left = new CountDownLatch(1);
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    left.await();
                    line.write(Wire.STREAM);
                });
                Replay replay = new Replay(PATIENT, new Load.Open(false, OptionalInt.of(1)), gateway(peer.port()))) {
            replay.onEvent(left::countDown);
            replay.play(Replay.turn(0, 0, "a"), Replay.leaving(1, 300 * MS));

            Event.Request gone = replay.request(1);
            assertThat(gone.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(gone.timing().neverSent()).isTrue();
            assertThat(gone.timing().latenessNanos()).isZero();
            assertThat(replay.request(0).outcome()).isEqualTo(Outcome.SERVED);
            assertThat(peer.received()).hasSize(1);
        }
    }
}
