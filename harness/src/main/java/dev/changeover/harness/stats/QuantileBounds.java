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
        int n = sample.size();
        BinomialDistribution below = BinomialDistribution.of(n, p);
        int lowRank = below.inverseCumulativeProbability(Interval.ALPHA);
        int highRank = below.inverseCumulativeProbability(1 - Interval.ALPHA) + 1;
        double high = highRank > n ? Double.POSITIVE_INFINITY : sample.atRank(highRank);
        return Interval.around(
                lowRank < 1 ? 0 : sample.atRank(lowRank),
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
    public static Interval logRatio(Sample before, Sample after, double p) {
        Interval o = logarithm(of(before, p));
        Interval n = logarithm(of(after, p));
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
