package dev.changeover.harness.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.units.Share;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A trace of ten million requests takes no more memory than one of a million.
@Timeout(300)
class FlatMemoryTest {

    private static final long ROWS = 10_000_000;
    private static final long EARLY = 1_000_000;
    private static final long LATE = 9_900_000;
    private static final long MOST_GROWTH = 8 << 20;

    @Test
    void aScheduleOfTenMillionRequestsIsFlat() {
        Growing trace = new Growing();
        Schedule schedule = new Schedule(trace, traffic(Load.AS_RECORDED), new BodyGenerator(7), "gpt", 7);
        long taken = 0;
        long lastDue = 0;
        while (schedule.hasNext()) {
            lastDue = schedule.next().dueNanos();
            taken++;
        }

        assertThat(taken).isBetween(ROWS / 60, ROWS / 40);
        assertThat(lastDue).isLessThan(ROWS * Growing.BETWEEN_NANOS / 20);
        assertThat(trace.growth()).isLessThan(MOST_GROWTH);
    }

    @Test
    void theConversationsOfAClosedLoopAreFlatHoweverFarApartTheirTurnsLie() {
        Growing trace = new Growing();
        Schedule schedule = new Schedule(trace, traffic(new Load.Closed(4)), new BodyGenerator(7), "gpt", 7);
        Conversations conversations = new Conversations(schedule, 20);
        long turns = 0;
        for (Optional<Deque<Turn>> next = conversations.next(); next.isPresent(); next = conversations.next()) {
            turns += next.get().size();
        }

        assertThat(turns).isBetween(ROWS / 60, ROWS / 40);
        assertThat(trace.growth()).isLessThan(MOST_GROWTH);
    }

    private static Traffic traffic(Load load) {
        return new Traffic(
                Path.of("trace.jsonl"),
                Duration.ZERO,
                Optional.empty(),
                20,
                Share.ALL,
                Optional.empty(),
                Deadlines.CALLER,
                Duration.ZERO,
                Share.parse("2%"),
                true,
                load);
    }

    /// Makes its rows as they are asked for, and looks at the heap on the way. A conversation's turns are a million
    /// rows apart.
    private static final class Growing implements TraceReader {
        static final long BETWEEN_NANOS = 1_000_000;

        private long row;
        private long early;
        private long late;

        long growth() {
            return late - early;
        }

        @Override
        public boolean hasNext() {
            return row < ROWS;
        }

        @Override
        public TraceRequest next() {
            if (row == EARLY) {
                early = used();
            } else if (row == LATE) {
                late = used();
            }
            return TraceRequest.arriving(row * BETWEEN_NANOS)
                    .conversation(Optional.of("c" + row++ % 1_000_000))
                    .inputTokens(OptionalInt.of(20))
                    .build();
        }

        private static long used() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
