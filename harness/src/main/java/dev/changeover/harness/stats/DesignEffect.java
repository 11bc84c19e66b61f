package dev.changeover.harness.stats;

import java.util.Arrays;

/// How many times fewer independent requests would say as much, because those of one conversation
/// resemble one another: the variance of a share over clusters, against what it would be without them
/// (Kish 1965, *Survey Sampling*, section 8.2; linearised as in Cochran 1977, section 9A.1). At least
/// 1.
public final class DesignEffect {

    private DesignEffect() {}

    /// @param hits of each request, whether it is counted in the share
    /// @param clusters of each request, numbered from 0 without gaps
    public static double of(boolean[] hits, int[] clusters) {
        int n = hits.length;
        int count = Arrays.stream(clusters).max().orElse(-1) + 1;
        int sum = 0;
        for (boolean hit : hits) {
            sum += hit ? 1 : 0;
        }
        if (sum == 0 || sum == n || count == n) {
            return 1;
        }
        if (count == 1) {
            return n;
        }
        double share = (double) sum / n;
        double[] residuals = new double[count];
        for (int i = 0; i < n; i++) {
            residuals[clusters[i]] += (hits[i] ? 1 : 0) - share;
        }
        double squares = 0;
        for (double residual : residuals) {
            squares += residual * residual;
        }
        double effect = squares * count / (count - 1.0) / (n * share * (1 - share));
        return Math.min(n, Math.max(1, effect));
    }
}
