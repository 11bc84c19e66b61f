package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Replay.arm;
import static dev.changeover.harness.replay.Replay.failed;
import static dev.changeover.harness.replay.Replay.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplayerTest {

    @Test
    void aStreamIsServedWithItsUsageTimesAndGaps() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM)) {
            Event.Request request = Replay.one(peer.port());

            assertThat(request.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(request.status()).isEqualTo(OptionalInt.of(200));
            assertThat(request.usage())
                    .isEqualTo(new Usage(OptionalLong.of(9), OptionalLong.of(2), OptionalLong.empty()));
            assertThat(request.countedOutput()).isEqualTo(OptionalLong.of(2));
            assertThat(request.gaps().orElseThrow().count()).isEqualTo(1);
            assertThat(request.arm()).isEmpty();
            assertThat(request.conversation()).isEqualTo("c0");
            Event.Timing timing = request.timing();
            assertThat(List.of(
                            timing.dueNanos(),
                            timing.sentNanos(),
                            timing.firstByteNanos().orElseThrow(),
                            timing.firstTokenNanos().orElseThrow(),
                            timing.lastTokenNanos().orElseThrow(),
                            timing.doneNanos()))
                    .isSorted();
        }
    }

    @Test
    void aWholeAnswerIsServedWithoutTokenTimes() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.JSON)) {
            Event.Request request = Replay.one(peer.port());

            assertThat(request.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(request.usage().output()).isEqualTo(OptionalLong.of(2));
            assertThat(request.timing().firstTokenNanos()).isEmpty();
            assertThat(request.timing().firstByteNanos()).isPresent();
            assertThat(request.gaps()).isEmpty();
        }
    }

    @Test
    void aChunkWithOnlyTheRoleIsNotTheFirstToken() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            line.write(Wire.STREAM_HEAD + Wire.ROLE);
            line.awaitClosedByClient();
        })) {
            Event.Request request = Replay.one(Replay.deadlines(20_000, 200, 20_000, 20_000), peer.port());

            assertThat(request.outcome()).isEqualTo(failed(ErrorKind.TIMEOUT_FIRST_TOKEN));
            assertThat(request.timing().firstByteNanos()).isPresent();
            assertThat(request.timing().firstTokenNanos()).isEmpty();
        }
    }

    @Test
    void idsAndUserTagsTravel() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM)) {
            Replay.one(peer.port());

            FakePeer.Received received = peer.received().getFirst();
            assertThat(received.head()).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
            assertThat(received.header("x-changeover-id")).isEqualTo("changeover-q0");
            assertThat(received.header("x-changeover-conversation")).isEqualTo("c0");
            assertThat(received.header("Authorization")).isEqualTo("Bearer changeover-placeholder");
            assertThat(received.body())
                    .contains("\"user\":\"changeover-q0/ann\"")
                    .contains("\"model\":\"gpt\"");
        }
    }

    @Test
    void aGatewayMayHaveItsOwnBaseAndKey() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(
                        PATIENT,
                        new Target(
                                Optional.empty(),
                                "127.0.0.1",
                                peer.port(),
                                "/openai/v2",
                                Optional.of("sk-secret"),
                                model -> model))) {
            replay.play(1);

            FakePeer.Received received = peer.received().getFirst();
            assertThat(received.head()).startsWith("POST /openai/v2/chat/completions HTTP/1.1\r\n");
            assertThat(received.header("Authorization")).isEqualTo("Bearer sk-secret");
            assertThat(replay.events().toString()).doesNotContain("sk-secret");
        }
    }

    @Test
    void aPairGoesToBothArmsUnderTheirOwnModelNames() throws IOException {
        try (FakePeer oldPeer = FakePeer.answering(Wire.STREAM);
                FakePeer newPeer = FakePeer.answering(Wire.JSON);
                Replay replay = new Replay(PATIENT, arm(Arm.OLD, oldPeer.port()), arm(Arm.NEW, newPeer.port()))) {
            List<Event.Request> requests = replay.play(10);

            assertThat(requests)
                    .hasSize(20)
                    .allMatch(request -> request.outcome().isServed());
            assertThat(requests.stream().filter(r -> r.arm().orElseThrow() == Arm.OLD))
                    .extracting(r -> r.id().number())
                    .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
            assertThat(oldPeer.received()).allMatch(r -> r.body().contains("\"model\":\"old-gpt\""));
            assertThat(newPeer.received()).allMatch(r -> r.body().contains("\"model\":\"new-gpt\""));
        }
    }

    @Test
    void whichArmOfAPairIsFirstChanges() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.JSON);
                Replay replay = new Replay(PATIENT, arm(Arm.OLD, peer.port()), arm(Arm.NEW, peer.port()))) {
            List<Event.Request> requests = replay.play(40);

            long oldFirst = requests.stream()
                    .filter(r -> r.arm().orElseThrow() == Arm.OLD)
                    .filter(old -> requests.stream()
                            .anyMatch(other -> other.id().equals(old.id())
                                    && other.timing().sentNanos() > old.timing().sentNanos()))
                    .count();
            assertThat(oldFirst).isBetween(8L, 32L);
        }
    }

    @Test
    void aKeepAliveConnectionIsUsedAgain() throws IOException {
        Semaphore answered = new Semaphore(0);
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replayer replayer = new Replayer(
                        List.of(gateway(peer.port())),
                        PATIENT,
                        Ticker.since(System.nanoTime()),
                        _ -> answered.release())) {
            for (int number = 0; number < 5; number++) {
                replayer.play(List.of(Replay.request(number, 0)).iterator());
                answered.acquireUninterruptibly();
            }

            assertThat(peer.received()).hasSize(5);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatThePeerWillCloseIsNotUsedAgain() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.JSON.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            replay.play(1);
            replay.replayer().play(List.of(Replay.request(1, 0)).iterator());
            replay.replayer().drain();

            assertThat(replay.requests())
                    .hasSize(2)
                    .allMatch(request -> request.outcome().isServed());
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void noRequestWaitsForAFreeConnection() throws IOException {
        int requests = 30;
        CountDownLatch allArrived = new CountDownLatch(requests);
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            allArrived.countDown();
            allArrived.await();
            line.write(Wire.STREAM);
        })) {
            assertThat(Replay.of(PATIENT, peer.port(), requests))
                    .hasSize(requests)
                    .allMatch(request -> request.outcome().isServed());
            assertThat(peer.connections()).isEqualTo(requests);
        }
    }

    @Test
    void aLateSendIsRecordedAsLate() throws IOException {
        long second = 1_000_000_000;
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            replay.replayer().play(List.of(Replay.request(0, -second)).iterator());
            replay.replayer().drain();

            Event.Timing timing = replay.requests().getFirst().timing();
            assertThat(timing.latenessNanos()).isGreaterThanOrEqualTo(second);
            assertThat(timing.latencyNanos()).isGreaterThan(timing.serviceNanos());
        }
    }

    @Test
    void nothingLeavesBeforeItIsDue() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            replay.replayer().play(Replay.due(20, 10_000_000));
            replay.replayer().drain();

            assertThat(replay.requests())
                    .hasSize(20)
                    .allMatch(request -> request.timing().latenessNanos() >= 0);
        }
    }

    @Test
    void stopReturnsAtOnceAndCancelsWhatIsInFlight() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        long hour = 3_600_000_000_000L;
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.write(Wire.STREAM_HEAD + Wire.HELLO);
                    arrived.countDown();
                    line.awaitClosedByClient();
                    closed.countDown();
                });
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            Thread player = Thread.ofVirtual().start(() -> replay.replayer().play(Replay.due(3, hour)));
            arrived.await();
            assertThat(replay.replayer().inFlight()).isEqualTo(1);
            replay.replayer().stop();
            player.join();
            replay.replayer().drain();
            closed.await();

            assertThat(replay.requests()).hasSize(1);
            assertThat(replay.requests().getFirst().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(replay.replayer().inFlight()).isZero();
        }
    }

    @Test
    void anInterruptStopsTheReplayAndStaysSet() throws Exception {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            boolean[] interrupted = new boolean[1];
            Thread player = Thread.ofVirtual().start(() -> {
                Thread.currentThread().interrupt();
                replay.replayer()
                        .play(List.of(Replay.request(0, 3_600_000_000_000L)).iterator());
                interrupted[0] = Thread.currentThread().isInterrupted();
            });
            player.join();

            assertThat(interrupted[0]).isTrue();
            assertThat(replay.requests()).isEmpty();
        }
    }

    @Test
    void aSinkThatFailsStopsTheReplayAndIsTold() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replayer replayer =
                        new Replayer(List.of(gateway(peer.port())), PATIENT, Ticker.since(System.nanoTime()), _ -> {
                            throw new IllegalStateException("disk full");
                        })) {
            replayer.play(Replay.due(1, 0));

            assertThatThrownBy(replayer::drain).hasMessage("disk full");
        }
    }

    @Test
    void stoppingAndClosingTwiceDoesNoHarm() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            replay.play(1);
            replay.replayer().close();
            replay.replayer().stop();
            replay.replayer().close();
            replay.replayer().drain();

            assertThat(replay.requests()).hasSize(1);
        }
    }

    @Test
    void closeLeavesNoThread() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM)) {
            Replay.one(peer.port());
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("replay"));
    }
}
