package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Replay.gateway;
import static dev.changeover.harness.replay.Replay.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests that are due, and wait in their caller's own queue.
@Timeout(60)
class HeldBackTest {

    private static final Load IN_ORDER = new Load.Open(true, OptionalInt.empty());

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void neverMoreThanSoManyAreUnderWay() throws IOException {
        CyclicBarrier threes = new CyclicBarrier(3);
        try (FakePeer peer = new FakePeer(line -> {
                    while (true) {
                        line.read();
                        counted(() -> await(threes));
                        line.write(Wire.STREAM);
                    }
                });
                Replay replay = new Replay(PATIENT, atMost(3), gateway(peer.port()))) {
            List<Event.Request> requests = replay.play(30);

            assertThat(requests).hasSize(30).allMatch(r -> r.outcome().isServed());
            assertThat(most).hasValue(3);
            assertThat(requests.stream().filter(r -> r.timing().releasedNanos().isPresent()))
                    .hasSize(27);
        }
    }

    @Test
    void waitingCountsInTheLatencyAndIsNotLateness() throws IOException {
        CountDownLatch second = new CountDownLatch(1);
        try (FakePeer peer = new FakePeer(line -> {
                    while (true) {
                        line.read();
                        second.await();
                        line.write(Wire.STREAM);
                    }
                });
                Replay replay = new Replay(PATIENT, atMost(1), gateway(peer.port()))) {
            Thread opener = Thread.ofVirtual().start(() -> {
                while (replay.replayer().inFlight() == 0) {
                    Thread.onSpinWait();
                }
                second.countDown();
            });
            replay.play(2);
            joined(opener);

            Event.Timing first = replay.request(0).timing();
            Event.Timing waited = replay.request(1).timing();
            assertThat(first.releasedNanos()).isEmpty();
            assertThat(waited.releasedNanos()).hasValue(first.doneNanos());
            assertThat(waited.latencyNanos())
                    .isEqualTo(waited.queuedNanos() + waited.latenessNanos() + waited.serviceNanos());
        }
    }

    @Test
    void thoseHeldBackGoInTheOrderInWhichTheyWereDue() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, atMost(1), gateway(peer.port()))) {
            replay.play(20);

            assertThat(peer.received())
                    .extracting(received -> received.header("x-changeover-id"))
                    .containsExactlyElementsOf(IntStream.range(0, 20)
                            .mapToObj(number -> "changeover-q" + number)
                            .toList());
        }
    }

    @Test
    void patienceEndsInTheQueueAndNothingWasSent() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(Replay.deadlines(400, 400, 400, 400), atMost(1), gateway(peer.port()))) {
            replay.play(turn(0, 0, "a"), turn(1, 0, "b"));

            assertThat(List.of(replay.request(0), replay.request(1)))
                    .extracting(Event.Request::outcome)
                    .allMatch(outcome -> outcome instanceof Outcome.Failed);
            Event.Request waited = replay.requests().stream()
                    .filter(r -> r.timing().neverSent())
                    .findFirst()
                    .orElseThrow();
            assertThat(waited.outcome()).isEqualTo(Replay.failed(ErrorKind.TIMEOUT_TOTAL));
            assertThat(waited.mayBeBilled()).isFalse();
            assertThat(waited.timing().queuedNanos()).isEqualTo(waited.timing().latencyNanos());
        }
    }

    @Test
    void aTurnWaitsForTheTurnBeforeIt() throws IOException {
        CyclicBarrier twos = new CyclicBarrier(2);
        try (FakePeer peer = new FakePeer(line -> {
                    while (true) {
                        line.read();
                        counted(() -> await(twos));
                        line.write(Wire.STREAM);
                    }
                });
                Replay replay = new Replay(PATIENT, IN_ORDER, gateway(peer.port()))) {
            replay.play(turn(0, 0, "a"), turn(1, 0, "b"), turn(2, 0, "a"), turn(3, 0, "b"));

            assertThat(most).hasValue(2);
            assertThat(replay.request(2).timing().releasedNanos())
                    .hasValue(replay.request(0).timing().doneNanos());
            assertThat(replay.request(3).timing().releasedNanos())
                    .hasValue(replay.request(1).timing().doneNanos());
        }
    }

    @Test
    void asRecordedATurnDoesNotWait() throws IOException {
        CyclicBarrier fours = new CyclicBarrier(4);
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    await(fours);
                    line.write(Wire.STREAM);
                });
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            assertThat(replay.play(turn(0, 0, "a"), turn(1, 0, "b"), turn(2, 0, "a"), turn(3, 0, "b")))
                    .allMatch(r -> r.timing().releasedNanos().isEmpty());
        }
    }

    @Test
    void aPairCountsAsOneAndIsOverWhenBothAre() throws IOException {
        CyclicBarrier pair = new CyclicBarrier(2);
        try (FakePeer peer = new FakePeer(line -> {
                    while (true) {
                        line.read();
                        counted(() -> await(pair));
                        line.write(Wire.JSON);
                    }
                });
                Replay replay = new Replay(
                        PATIENT, atMost(1), Replay.arm(Arm.OLD, peer.port()), Replay.arm(Arm.NEW, peer.port()))) {
            assertThat(replay.play(6)).hasSize(12).allMatch(r -> r.outcome().isServed());
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void warmUpDoesNotWait() throws IOException {
        CountDownLatch rest = new CountDownLatch(1);
        try (FakePeer peer = new FakePeer(line -> {
                    while (true) {
                        line.read();
                        rest.await();
                        line.write(Wire.STREAM);
                    }
                });
                Replay replay = new Replay(PATIENT, atMost(2), gateway(peer.port()))) {
            Thread opener = Thread.ofVirtual().start(() -> {
                while (replay.replayer().inFlight() < 2) {
                    Thread.onSpinWait();
                }
                rest.countDown();
            });
            replay.play(Replay.warmUp(0), Replay.warmUp(1), Replay.warmUp(2), Replay.warmUp(3));
            joined(opener);

            assertThat(replay.requests()).hasSizeBetween(2, 4);
            assertThat(peer.received()).hasSameSizeAs(replay.requests());
            assertThat(replay.requests())
                    .allMatch(r -> r.timing().releasedNanos().isEmpty());
        }
    }

    @Test
    void warmUpThatLastsTakesNoPlaceOfWhatCounts() throws IOException {
        CountDownLatch served = new CountDownLatch(1);
        try (FakePeer peer = new FakePeer(line -> {
                    if (line.read()
                            .header(CallId.HEADER)
                            .equals(Replay.warmUp(0).id().text())) {
                        served.await();
                    }
                    line.write(Wire.STREAM);
                });
                Replay replay = new Replay(PATIENT, atMost(1), gateway(peer.port()))) {
            replay.onEvent(served::countDown);
            List<Event.Request> requests = replay.play(Replay.warmUp(0), Replay.request(1, 0));

            assertThat(requests).hasSize(2).allMatch(r -> r.outcome().isServed());
            assertThat(requests.getFirst().id().number()).isEqualTo(1);
            assertThat(requests.getFirst().timing().releasedNanos()).isEmpty();
        }
    }

    @Test
    void stopEndsWhatWaits() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    arrived.countDown();
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, atMost(1), gateway(peer.port()))) {
            Thread player = Thread.ofVirtual().start(() -> replay.play(3));
            arrived.await();
            replay.replayer().stop();
            player.join();

            assertThat(replay.requests()).allMatch(r -> r.outcome().equals(Outcome.CANCELLED));
            assertThat(peer.received()).hasSize(1);
            assertThat(replay.replayer().inFlight()).isZero();
        }
    }

    private static Load atMost(int requests) {
        return new Load.Open(false, OptionalInt.of(requests));
    }

    private void counted(Runnable work) {
        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        work.run();
        underWay.decrementAndGet();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
