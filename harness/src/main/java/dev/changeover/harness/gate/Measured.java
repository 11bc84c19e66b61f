package dev.changeover.harness.gate;

import dev.changeover.harness.stats.Interval;
import java.util.Optional;

/// What was measured of a metric, before it is held against anything.
///
/// @param value empty when it was not measured
/// @param smallest sample that can have bounds
record Measured(Reach reach, Optional<Interval> value, long n, long smallest, String method, String evidence) {

    enum Reach {
        WITHIN,
        /// Not known but to be larger than any limit: never recovered, or past the patience.
        BEYOND,
        /// What it is a measure of was not called for.
        NOT_NEEDED
    }

    static Measured nothing(String why) {
        return new Measured(Reach.WITHIN, Optional.empty(), 0, 0, "not measured", why);
    }

    static Measured exact(double value, long n, String method, String evidence) {
        return new Measured(Reach.WITHIN, Optional.of(new Interval(value, value, value)), n, 0, method, evidence);
    }

    static Measured beyond(long n, String method, String evidence) {
        return new Measured(Reach.BEYOND, Optional.empty(), n, 0, method, evidence);
    }

    static Measured notNeeded(String evidence) {
        return new Measured(Reach.NOT_NEEDED, Optional.empty(), 0, 0, "not needed", evidence);
    }
}
