package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Replay.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceRequestBuilder;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// So many callers, each of whom has one conversation after the other.
@Timeout(60)
class ClosedLoopTest {

    private static final long SECOND = 1_000_000_000;
    private static final long FOREVER = Long.MAX_VALUE;

    @Test
    void asManyAreUnderWayAsThereAreCallers() throws IOException {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier threes = new CyclicBarrier(3);
        try (FakePeer peer = new FakePeer(line -> {
                    while (true) {
                        line.read();
                        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                        await(threes);
                        underWay.decrementAndGet();
                        line.write(Wire.STREAM);
                    }
                });
                Replay replay = new Replay(PATIENT, new Load.Closed(3), gateway(peer.port()))) {
            List<Event.Request> requests = closed(replay, alone(30), 3, FOREVER);

            assertThat(requests)
                    .hasSize(30)
                    .allMatch(r -> r.outcome().isServed())
                    .allMatch(r -> r.timing().releasedNanos().isEmpty());
            assertThat(most).hasValue(3);
        }
    }

    @Test
    void oneCallerIsReadyForTheNextWhenTheLastHasEnded() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, new Load.Closed(1), gateway(peer.port()))) {
            closed(replay, alone(10), 1, FOREVER);

            for (int number = 1; number < 10; number++) {
                assertThat(replay.request(number).timing().dueNanos())
                        .isEqualTo(replay.request(number - 1).timing().doneNanos());
            }
        }
    }

    @Test
    void turnsFollowTheEndOfTheTurnBeforeAfterTheRecordedThinkTimeDividedBySpeed() throws IOException {
        List<TraceRequest> trace = List.of(
                turn("a", 0).answer(Optional.of(answered(4 * SECOND))).build(),
                turn("b", SECOND).build(),
                turn("a", 5 * SECOND)
                        .cancelledNanos(OptionalLong.of(2 * SECOND))
                        .build(),
                turn("a", 8 * SECOND).build(),
                turn("a", 10 * SECOND).build());
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, new Load.Closed(1), gateway(peer.port()))) {
            closed(replay, trace, 1, FOREVER, 10);

            assertThat(thinking(replay, 2, 0)).isEqualTo(SECOND / 10);
            assertThat(thinking(replay, 3, 2)).isEqualTo(SECOND / 10);
            assertThat(thinking(replay, 4, 3)).isEqualTo(2 * SECOND / 10);
            assertThat(thinking(replay, 1, 4)).isZero();
        }
    }

    @Test
    void nothingIsSentThatWouldBeDueAfterTheEnd() throws IOException {
        List<TraceRequest> trace = List.of(
                turn("a", 0).build(),
                turn("b", 1).build(),
                turn("a", 3_600 * SECOND).build());
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, new Load.Closed(2), gateway(peer.port()))) {
            assertThat(closed(replay, trace, 2, 1_800 * SECOND))
                    .extracting(r -> r.id().number())
                    .containsExactlyInAnyOrder(0L, 1L);
        }
    }

    @Test
    void stopEndsTheCallersWhateverTheyWaitFor() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    arrived.countDown();
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, new Load.Closed(2), gateway(peer.port()))) {
            Thread player = Thread.ofVirtual().start(() -> closed(replay, alone(5), 2, FOREVER));
            arrived.await();
            replay.replayer().stop();
            player.join();

            assertThat(replay.requests()).hasSize(2);
        }
    }

    @Test
    void moreCallersThanConversationsIsNoHarm() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.STREAM);
                Replay replay = new Replay(PATIENT, new Load.Closed(9), gateway(peer.port()))) {
            assertThat(closed(replay, alone(3), 9, FOREVER)).hasSize(3);
        }
    }

    @Test
    void conversationsComeInTheOrderInWhichTheyBeganAndWhole() {
        Conversations conversations = conversations(interleaved(50, 3), 1_000);

        for (int which = 0; which < 50; which++) {
            Deque<Turn> turns = conversations.next().orElseThrow();
            assertThat(turns).hasSize(3);
            assertThat(conversations.request(turns.getFirst()).conversation()).isEqualTo("c" + which);
        }
        assertThat(conversations.next()).isEmpty();
    }

    @Test
    void turnsFartherThanItLooksAheadBeginAnother() {
        Conversations conversations = conversations(interleaved(50, 2), 20);
        List<Integer> sizes = new ArrayList<>();
        for (Optional<Deque<Turn>> turns = conversations.next(); turns.isPresent(); turns = conversations.next()) {
            sizes.add(turns.get().size());
        }

        assertThat(sizes).containsExactlyElementsOf(Collections.nCopies(100, 1));
    }

    private static long thinking(Replay replay, long number, long before) {
        return replay.request(number).timing().dueNanos()
                - replay.request(before).timing().doneNanos();
    }

    /// A round of first turns, then one of second ones.
    private static List<TraceRequest> interleaved(int conversations, int rounds) {
        return IntStream.range(0, conversations * rounds)
                .mapToObj(i -> turn("c" + i % conversations, i).build())
                .toList();
    }

    private static List<TraceRequest> alone(int requests) {
        return IntStream.range(0, requests)
                .mapToObj(i -> TraceRequest.ofCounts(i * SECOND, 5, 5))
                .toList();
    }

    private static TraceRequestBuilder turn(String conversation, long atNanos) {
        return TraceRequest.arriving(atNanos)
                .conversation(Optional.of(conversation))
                .inputTokens(OptionalInt.of(5));
    }

    private static RecordedAnswer answered(long doneNanos) {
        return new RecordedAnswer(
                200,
                OptionalLong.empty(),
                Optional.empty(),
                OptionalLong.of(doneNanos),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Event.Request> closed(Replay replay, List<TraceRequest> trace, int callers, long untilNanos) {
        return closed(replay, trace, callers, untilNanos, 1);
    }

    private static List<Event.Request> closed(
            Replay replay, List<TraceRequest> trace, int callers, long untilNanos, double speed) {
        Conversations conversations = new Conversations(schedule(trace, callers), speed);
        replay.replayer().play(Collections.emptyIterator(), conversations, callers, untilNanos);
        replay.replayer().drain();
        return replay.requests();
    }

    private static Conversations conversations(List<TraceRequest> trace, int ahead) {
        return new Conversations(schedule(trace, 1), 1, ahead);
    }

    private static Schedule schedule(List<TraceRequest> trace, int callers) {
        Traffic traffic = new Traffic(
                Path.of("trace.csv"),
                Duration.ZERO,
                Optional.empty(),
                1,
                Share.ALL,
                Optional.empty(),
                Deadlines.CALLER,
                Duration.ZERO,
                Share.ALL,
                false,
                new Load.Closed(callers));
        return new Schedule(new FakeTrace(trace), traffic, new BodyGenerator(7), "gpt", 7);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
