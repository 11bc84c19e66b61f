package dev.changeover.harness.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/// What a sample says of a quantile, whatever the distribution: two of its values whose ranks the
/// binomial gives.
public final class QuantileBounds {

    private QuantileBounds() {}

    /// Bounds by order statistics: Hahn and Meeker (1991), *Statistical Intervals*, section 5.2. A
    /// bound that would need a larger sample is infinite (an upper one) or zero (a lower one): a p95
    /// needs 59 values, a p99 299. An upper bound that reaches censored values is infinite too.
    ///
    /// @param sample of times, which are never below zero; not empty
    public static Interval of(Sample sample, double p) {
        return of(sample, p, 1);
    }

    /// The same for clustered requests: the ranks of a sample as large as they are worth, scaled up.
    ///
    /// @param designEffect of the share that lies below the quantile
    public static Interval of(Sample sample, double p, double designEffect) {
        int n = sample.size();
        int worth = (int) Math.max(1, n / designEffect);
        BinomialDistribution below = BinomialDistribution.of(worth, p);
        int lowRank = below.inverseCumulativeProbability(Interval.ALPHA);
        int highRank = below.inverseCumulativeProbability(1 - Interval.ALPHA) + 1;
        double scale = (double) n / worth;
        double high = highRank > worth
                ? Double.POSITIVE_INFINITY
                : sample.atRank((int) Math.min(n, Math.ceil(highRank * scale)));
        return Interval.around(
                lowRank < 1 ? 0 : sample.atRank((int) Math.max(1, Math.floor(lowRank * scale))),
                sample.quantile(p),
                sample.censored(high) ? Double.POSITIVE_INFINITY : high);
    }

    /// The smallest sample with an upper bound: the least n with 1 - p^n >= 95 %.
    public static long smallestSample(double p) {
        return (long) Math.ceil(Math.log(Interval.ALPHA) / Math.log(p));
    }

    /// How much larger the second quantile is, as the logarithm of their ratio: MOVER, Zou and Donner
    /// (2008), *Construction of confidence limits about effect measures*, Statistics in Medicine 27,
    /// with the bounds above on the log scale. For independent samples; for pairs it is too wide where
    /// their times rise and fall together.
    ///
    /// @param oldEffect design effect of the old side, 1 without clusters
    /// @param newEffect of the new side
    public static Interval logRatio(Sample before, double oldEffect, Sample after, double newEffect, double p) {
        Interval o = logarithm(of(before, p, oldEffect));
        Interval n = logarithm(of(after, p, newEffect));
        double change = n.estimate() - o.estimate();
        return Interval.around(
                change - Math.hypot(n.estimate() - n.low(), o.high() - o.estimate()),
                change,
                change + Math.hypot(n.high() - n.estimate(), o.estimate() - o.low()));
    }

    private static Interval logarithm(Interval times) {
        if (!(times.estimate() > 0)) {
            throw new IllegalArgumentException("a ratio needs times above zero, got " + times.estimate());
        }
        return new Interval(Math.log(times.low()), Math.log(times.estimate()), Math.log(times.high()));
    }
}
