package dev.changeover.toxics.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

/// How long things take: no less than they should, and no more than a busy machine may add.
final class Timing {

    /// What a busy machine may add.
    private static final Duration SLACK = Duration.ofMillis(1_500);
    /// Clocks of two processes, and timers that round.
    private static final Duration ROUNDING = Duration.ofMillis(5);

    private Timing() {}

    interface Act {
        void run() throws IOException;
    }

    static Duration took(Act act) throws IOException {
        long from = System.nanoTime();
        act.run();
        return Duration.ofNanos(System.nanoTime() - from);
    }

    static void assertTook(long millis, Act act) throws IOException {
        assertIs(millis, took(act));
    }

    static void assertIs(long millis, Duration took) {
        assertThat(took)
                .isGreaterThanOrEqualTo(Duration.ofMillis(millis).minus(ROUNDING))
                .isLessThan(Duration.ofMillis(millis).plus(SLACK));
    }
}
