package dev.changeover.harness.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TryDeadlinesTest {

    private static final long SECOND = 1_000_000_000;
    private static final Deadlines LIMITS =
            new Deadlines(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60));

    private final TryDeadlines deadlines = new TryDeadlines(LIMITS, 0, 20 * SECOND);

    @Test
    void eachStageHasItsOwn() {
        assertThat(deadlines.missed(2 * SECOND)).contains(ErrorKind.TIMEOUT_CONNECT);
        deadlines.sent(SECOND);
        assertThat(deadlines.missed(11 * SECOND - 1)).isEmpty();
        assertThat(deadlines.missed(11 * SECOND)).contains(ErrorKind.TIMEOUT_FIRST_TOKEN);
        deadlines.progressed(3 * SECOND);
        assertThat(deadlines.missed(8 * SECOND)).contains(ErrorKind.TIMEOUT_IDLE);
    }

    @Test
    void aSteadyStreamEndsOnlyByTheWholeTime() {
        for (long second = 1; second < 20; second += 4) {
            assertThat(deadlines.missed(second * SECOND)).isEmpty();
            deadlines.progressed(second * SECOND);
        }
        assertThat(deadlines.dueNanos()).isEqualTo(20 * SECOND);
        assertThat(deadlines.missed(20 * SECOND)).contains(ErrorKind.TIMEOUT_TOTAL);
    }

    @Test
    void aCallerWhoDoesNotReadOnIsNotTheProvidersSilence() {
        deadlines.sent(0);
        deadlines.progressed(SECOND);
        deadlines.heldUp();
        assertThat(deadlines.missed(19 * SECOND)).isEmpty();
        deadlines.progressed(10 * SECOND);
        assertThat(deadlines.missed(15 * SECOND)).contains(ErrorKind.TIMEOUT_IDLE);
    }

    @Test
    void aTryThatStartsLateHasOnlyWhatIsLeft() {
        TryDeadlines late = new TryDeadlines(LIMITS, 19 * SECOND, 20 * SECOND);
        late.sent(19 * SECOND);
        assertThat(late.dueNanos()).isEqualTo(20 * SECOND);
        assertThat(late.missed(20 * SECOND)).contains(ErrorKind.TIMEOUT_TOTAL);
    }
}
