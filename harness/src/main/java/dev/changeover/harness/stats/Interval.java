package dev.changeover.harness.stats;

/// An estimate between two bounds, each of which errs on its own side with at most 5 %: a two-sided 90
/// % interval.
///
/// @param low negative infinity when the data cannot bound it
/// @param high positive infinity when the data cannot bound it
public record Interval(double low, double estimate, double high) {

    /// The chance that each bound is on the wrong side.
    public static final double ALPHA = 0.05;

    public Interval {
        if (Double.isNaN(estimate) || !(low <= estimate && estimate <= high)) {
            throw new IllegalArgumentException(
                    "an interval must be low <= estimate <= high, got %s, %s, %s".formatted(low, estimate, high));
        }
    }

    /// Nothing is known but the estimate.
    public static Interval unbounded(double estimate) {
        return new Interval(Double.NEGATIVE_INFINITY, estimate, Double.POSITIVE_INFINITY);
    }

    /// An interval whose bounds may have crossed the estimate by the coarseness of ranks.
    static Interval around(double low, double estimate, double high) {
        return new Interval(Math.min(low, estimate), estimate, Math.max(high, estimate));
    }
}
