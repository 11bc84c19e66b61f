package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.TraceReader;
import java.util.OptionalLong;

/// How close together the requests of a window are due.
public final class Crowding {

    private Crowding() {}

    /// When the first request is due that is one too many in a span of this length, as nanoseconds of wall time since
    /// t0; empty when none is. Remembers as many requests as are allowed.
    ///
    /// @param seed by which a sample is drawn
    /// @param allowed in any span, at least 1
    public static OptionalLong firstPast(TraceReader trace, Traffic traffic, long seed, int allowed, long spanNanos) {
        long[] due = new long[allowed];
        Window window = new Window(trace, traffic, seed);
        for (long number = 0; window.hasNext(); number++) {
            long at = window.next().dueNanos();
            int slot = (int) (number % allowed);
            if (number >= allowed && at - due[slot] < spanNanos) {
                return OptionalLong.of(at);
            }
            due[slot] = at;
        }
        return OptionalLong.empty();
    }
}
