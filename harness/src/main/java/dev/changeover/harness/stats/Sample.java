package dev.changeover.harness.stats;

import java.util.Arrays;

/// Measured values, sorted once. Those that were given up on stand in it with the deadline at which
/// they were: the true value is that or more, so nothing at or above `censoredFrom` is known.
public final class Sample {

    private final double[] sorted;
    private final double censoredFrom;
    private final double sum;

    private Sample(double[] sorted, double censoredFrom) {
        this.sorted = sorted;
        this.censoredFrom = censoredFrom;
        double total = 0;
        for (double value : sorted) {
            total += value;
        }
        this.sum = total;
    }

    /// @param values become the sample's own and are sorted in place
    /// @param censoredFrom the least of the censored values; infinity when none is
    public static Sample of(double[] values, double censoredFrom) {
        Arrays.sort(values);
        return new Sample(values, censoredFrom);
    }

    public int size() {
        return sorted.length;
    }

    public boolean isEmpty() {
        return sorted.length == 0;
    }

    /// Whether a value lies where only "that or more" is known.
    public boolean censored(double value) {
        return value >= censoredFrom;
    }

    public boolean anyCensored() {
        return censoredFrom < Double.POSITIVE_INFINITY;
    }

    /// The value at a rank from 1.
    double atRank(int rank) {
        return sorted[rank - 1];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }

    public double mean() {
        return sum / sorted.length;
    }

    /// The least value that at least the share p of all do not exceed: the inverse of the empirical
    /// distribution, type 1 of Hyndman and Fan (1996), *Sample quantiles in statistical packages*.
    public double quantile(double p) {
        return sorted[rank(p, sorted.length) - 1];
    }

    /// How many exceed a value.
    public long above(double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return sorted.length - low;
    }

    static int rank(double p, long n) {
        // 0.95 * 20 is 19.000000000000004 or so for some p and n: the ranks must not depend on that
        return (int) Math.min(n, Math.max(1, Math.ceil(p * n - 1e-9)));
    }
}
