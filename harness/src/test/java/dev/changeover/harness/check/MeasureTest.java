package dev.changeover.harness.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Callers who wait 10 s for the first token and 60 s for all of it.
class MeasureTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Deadlines PATIENCE = new Deadlines(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));

    @Test
    void whatWaitedInTheQueueIsCensoredWhereItsCallerGaveUp() {
        Event.Request queued = gaveUp(ErrorKind.TIMEOUT_TOTAL, 0, 57, 60);

        assertThat(Measure.LATENCY.millis(queued, PATIENCE)).isEqualTo(60_000);
        assertThat(Measure.SERVICE.millis(queued, PATIENCE)).isEqualTo(3_000);
        assertThat(Measure.TTFT.millis(queued, PATIENCE)).isEqualTo(60_000);
    }

    @Test
    void whatStalledIsCensoredAtTheWholePatience() {
        Event.Request stalled = gaveUp(ErrorKind.TIMEOUT_FIRST_TOKEN, 2, 2, 12);

        assertThat(Measure.LATENCY.millis(stalled, PATIENCE)).isEqualTo(60_000);
        assertThat(Measure.TTFT.millis(stalled, PATIENCE)).isEqualTo(10_000);
    }

    @Test
    void anEndPastThePatienceIsTheBound() {
        assertThat(Measure.LATENCY.millis(gaveUp(ErrorKind.TIMEOUT_TOTAL, 0, 0, 61), PATIENCE))
                .isEqualTo(61_000);
    }

    private static Event.Request gaveUp(ErrorKind kind, long due, long sent, long done) {
        return new Event.Request(
                new CallId(Purpose.REQUEST, 1),
                Optional.empty(),
                "c1",
                "gpt-4.1",
                true,
                new Event.Timing(
                        due * SECOND,
                        sent == due ? OptionalLong.empty() : OptionalLong.of(sent * SECOND),
                        sent * SECOND,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        done * SECOND),
                Optional.empty(),
                OptionalInt.empty(),
                new Outcome.Failed(kind),
                Usage.UNKNOWN,
                OptionalLong.empty(),
                OptionalLong.empty());
    }
}
