package dev.changeover.harness.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/// A ratio of two sums over the same requests: a mean (divide by how many), a cost against another, a
/// meter against our own count. Linearised, over clusters: Cochran (1977), *Sampling Techniques*, 3rd
/// edition, sections 2.11 and 9A.1, with t of one degree of freedom less than there are clusters.
public final class RatioOfSums {

    /// Clusters below which the data bound nothing: the sum of fewer heavy-tailed costs is too far from
    /// normal.
    public static final int FEWEST_CLUSTERS = 30;

    private RatioOfSums() {}

    /// @param tops by request, summed above the line
    /// @param bottoms by request, summed below the line, to more than zero
    /// @param clusters by request, numbered from 0 without gaps
    public static Interval of(double[] tops, double[] bottoms, int[] clusters) {
        double bottom = Arrays.stream(bottoms).sum();
        double ratio = Arrays.stream(tops).sum() / bottom;
        int count = Arrays.stream(clusters).max().orElse(-1) + 1;
        if (count < FEWEST_CLUSTERS) {
            return Interval.unbounded(ratio);
        }
        double[] residuals = new double[count];
        for (int i = 0; i < tops.length; i++) {
            residuals[clusters[i]] += tops[i] - ratio * bottoms[i];
        }
        double squares = 0;
        for (double residual : residuals) {
            squares += residual * residual;
        }
        double error = Math.sqrt(squares * count / (count - 1.0)) / bottom;
        double half = TDistribution.of(count - 1.0).inverseSurvivalProbability(Interval.ALPHA) * error;
        return new Interval(ratio - half, ratio, ratio + half);
    }
}
