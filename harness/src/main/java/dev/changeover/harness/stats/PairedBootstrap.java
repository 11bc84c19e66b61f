package dev.changeover.harness.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/// What pairs of times, the same request on both sides, say of the ratio of their quantiles: bootstrap
/// over clusters of pairs (Davison and Hinkley 1997, *Bootstrap Methods and their Application*,
/// sections 2.4 and 3.8; percentile interval on the log scale). Whole conversations are drawn, because
/// their requests resemble one another.
///
/// Simulated (lognormal, conversations of three, both arms sharing the request's length): false GO at
/// the margin 1.8 to 4.3 % for a p95 with 60 to 1,000 pairs, 2.8 to 3.3 % for a p99 with 300 to 2,000.
public final class PairedBootstrap {

    /// Pairs above which it would take too long; `QuantileBounds.logRatio` is sharp enough there.
    public static final int MOST_PAIRS = 20_000;

    static final int RESAMPLES = 1_000;

    private final double[] before;
    private final double[] after;
    private final int[] clusterBefore;
    private final int[] clusterAfter;
    private final int[] clusterSizes;

    private PairedBootstrap(
            double[] before, double[] after, int[] clusterBefore, int[] clusterAfter, int[] clusterSizes) {
        this.before = before;
        this.after = after;
        this.clusterBefore = clusterBefore;
        this.clusterAfter = clusterAfter;
        this.clusterSizes = clusterSizes;
    }

    /// @param clusters of each pair, numbered from 0 without gaps
    public static PairedBootstrap of(double[] before, double[] after, int[] clusters) {
        int[] sizes = new int[Arrays.stream(clusters).max().orElse(-1) + 1];
        for (int cluster : clusters) {
            sizes[cluster]++;
        }
        int[] orderBefore = order(before);
        int[] orderAfter = order(after);
        return new PairedBootstrap(
                pick(before, orderBefore),
                pick(after, orderAfter),
                pick(clusters, orderBefore),
                pick(clusters, orderAfter),
                sizes);
    }

    /// How much larger the second quantile is, as the logarithm of their ratio; unbounded with fewer
    /// than 30 conversations, of which too few could be drawn to show how they differ.
    ///
    /// @param seed the same seed gives the same interval
    public Interval logRatio(double p, long seed) {
        double estimate = Math.log(after[Sample.rank(p, after.length) - 1] / before[Sample.rank(p, before.length) - 1]);
        if (clusterSizes.length < RatioOfSums.FEWEST_CLUSTERS) {
            return Interval.unbounded(estimate);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] ratios = new double[RESAMPLES];
        int[] drawn = new int[clusterSizes.length];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            int rank = Sample.rank(p, draw(random, drawn));
            ratios[resample] =
                    Math.log(atRank(after, clusterAfter, drawn, rank) / atRank(before, clusterBefore, drawn, rank));
        }
        Arrays.sort(ratios);
        // the outer of the two order statistics that could be meant: with 1,000 resamples, the 50th and the 951st
        return Interval.around(
                ratios[(int) Math.floor(Interval.ALPHA * RESAMPLES) - 1],
                estimate,
                ratios[(int) Math.ceil((1 - Interval.ALPHA) * RESAMPLES)]);
    }

    /// Draws as many clusters as there are, with replacement; returns how many pairs came with them.
    private long draw(SplittableRandom random, int[] drawn) {
        Arrays.fill(drawn, 0);
        long pairs = 0;
        for (int i = 0; i < clusterSizes.length; i++) {
            int cluster = random.nextInt(clusterSizes.length);
            drawn[cluster]++;
            pairs += clusterSizes[cluster];
        }
        return pairs;
    }

    private static double atRank(double[] sorted, int[] clusters, int[] drawn, long rank) {
        long left = rank;
        for (int i = 0; i < sorted.length; i++) {
            left -= drawn[clusters[i]];
            if (left <= 0) {
                return sorted[i];
            }
        }
        return sorted[sorted.length - 1];
    }

    private static int[] order(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] next = new int[values.length];
        int[] order = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int first = firstAtLeast(sorted, values[i]);
            order[first + next[first]++] = i;
        }
        return order;
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double[] pick(double[] values, int[] order) {
        double[] picked = new double[order.length];
        Arrays.setAll(picked, i -> values[order[i]]);
        return picked;
    }

    private static int[] pick(int[] values, int[] order) {
        int[] picked = new int[order.length];
        Arrays.setAll(picked, i -> values[order[i]]);
        return picked;
    }
}
