package dev.changeover.harness.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// How many observations a decision takes, reckoned before any is made: enough that a new arm which is
/// as good as the old passes with 80 %.
public final class SampleSizes {

    /// The chance that a good arm passes.
    public static final double POWER = 0.8;

    /// Of times where nothing better is known: the standard deviation of the logarithm of latencies.
    public static final double SPREAD = 0.6;

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private SampleSizes() {}

    /// Per arm, for the difference of two shares that are both `share`: the usual normal approximation
    /// (Chow, Shao and Wang 2008, *Sample Size Calculations in Clinical Research*, section 4.2).
    public static long differenceOfShares(double share, double margin) {
        return ceil(square(reach()) * 2 * share * (1 - share) / square(margin));
    }

    /// Per arm, for the difference of two shares to be bounded below `margin` when not one case of either is seen: the
    /// least n whose Wilson limit z^2 / (n + z^2) lies below it, which is what Newcombe's bound comes to then.
    public static long noneSeenInEither(double margin) {
        return (long) Math.floor(square(Normal.Z) * (1 - margin) / margin) + 1;
    }

    /// Per arm, for the ratio of two quantiles of lognormal times: the asymptotic variance of a sample
    /// quantile (Serfling 1980, *Approximation Theorems of Mathematical Statistics*, section 2.3.3),
    /// taken twice. Pairs need fewer.
    ///
    /// @param sigma standard deviation of the logarithm
    /// @param margin relative, 0.15 = 15 % more
    public static long ratioOfQuantiles(double p, double sigma, double margin) {
        double density = STANDARD.density(STANDARD.inverseCumulativeProbability(p));
        double variance = 2 * square(sigma) * p * (1 - p) / square(density);
        long needed = ceil(square(reach()) * variance / square(Math.log1p(margin)));
        return Math.max(needed, QuantileBounds.smallestSample(p));
    }

    /// For a share to be proved at most `limit` when not one case of it is seen: the least n with (1 -
    /// limit)^n <= 5 %.
    public static long noneSeen(double limit) {
        return ceil(Math.log(Interval.ALPHA) / Math.log1p(-limit));
    }

    private static double reach() {
        return Normal.Z + Normal.z(1 - POWER);
    }

    private static double square(double value) {
        return value * value;
    }

    private static long ceil(double value) {
        return (long) Math.ceil(value);
    }
}
