package dev.changeover.harness.check;

import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/// How one metric changes from the old arm to the new.
///
/// @param change relative to old for times and cost, in points for shares; its bounds are one-sided 95
/// % each
/// @param censored the new arm's value is not known, only that it is the caller's deadline or more
/// @param n pairs, or the smaller of both samples
/// @param method in words, with its source
public record Comparison(
        Metric metric,
        OptionalDouble before,
        OptionalDouble after,
        boolean relative,
        Optional<Interval> change,
        boolean censored,
        long n,
        String method) {

    static Comparison nothing(Metric metric, boolean relative, OptionalDouble before, OptionalDouble after) {
        return new Comparison(
                metric, before, after, relative, Optional.empty(), false, 0, "nothing to compare was measured");
    }

    public Difference difference() {
        return new Difference(
                metric,
                before,
                after,
                relative,
                change.map(c -> OptionalDouble.of(c.estimate())).orElse(OptionalDouble.empty()),
                finite(change.map(Interval::low).orElse(Double.NEGATIVE_INFINITY)),
                finite(change.map(Interval::high).orElse(Double.POSITIVE_INFINITY)));
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
