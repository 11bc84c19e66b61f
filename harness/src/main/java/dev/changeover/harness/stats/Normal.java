package dev.changeover.harness.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// Quantiles of the standard normal distribution.
final class Normal {

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    /// Of the one-sided bounds that all intervals here are made of.
    static final double Z = z(Interval.ALPHA);

    private Normal() {}

    static double z(double upperTail) {
        return STANDARD.inverseSurvivalProbability(upperTail);
    }
}
