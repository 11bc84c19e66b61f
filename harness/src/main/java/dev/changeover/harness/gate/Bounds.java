package dev.changeover.harness.gate;

import dev.changeover.harness.stats.Interval;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Decides from an interval: a gate passes when even its unfavourable bound lies inside the limit,
/// fails when even the favourable one lies outside, and is else inconclusive.
final class Bounds {

    /// More requests than this are no plan.
    private static final double MOST_NEEDED = 1e9;

    private Bounds() {}

    /// The value must be below the limit, by its upper bound.
    static Decision below(Interval value, double limit) {
        if (value.high() < limit) {
            return Decision.PASS;
        }
        return value.low() > limit ? Decision.FAIL : Decision.INCONCLUSIVE;
    }

    /// The value must be at most the limit, by its upper bound.
    static Decision atMost(Interval value, double limit) {
        return value.high() <= limit ? Decision.PASS : below(value, limit);
    }

    /// The value must be at least the limit, by its lower bound.
    static Decision atLeast(Interval value, double limit) {
        if (value.low() >= limit) {
            return Decision.PASS;
        }
        return value.high() < limit ? Decision.FAIL : Decision.INCONCLUSIVE;
    }

    /// The bound that decided: for a limit from above the upper one, unless it failed.
    static OptionalDouble deciding(Interval value, Decision decision, boolean fromAbove) {
        double bound = (decision == Decision.FAIL) == fromAbove ? value.low() : value.high();
        return Double.isFinite(bound) ? OptionalDouble.of(bound) : OptionalDouble.empty();
    }

    /// How many more observations would settle it if they were like these: bounds close in with the
    /// square root of n.
    static OptionalLong needed(Interval value, double limit, long n, long smallest) {
        double gap = Math.abs(limit - value.estimate());
        double half = value.estimate() < limit ? value.high() - value.estimate() : value.estimate() - value.low();
        if (!Double.isFinite(half)) {
            return n < smallest ? OptionalLong.of(smallest - n) : OptionalLong.empty();
        }
        double more = n * (half / gap) * (half / gap) - n;
        return gap > 0 && more < MOST_NEEDED
                ? OptionalLong.of(Math.max(1, (long) Math.ceil(more)))
                : OptionalLong.empty();
    }
}
