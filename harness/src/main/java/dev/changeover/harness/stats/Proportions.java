package dev.changeover.harness.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/// Intervals of one share and of the difference of two.
public final class Proportions {

    private static final double FULL_WEIGHT = 0.999;

    private Proportions() {}

    /// Wilson (1927), *Probable inference, the law of succession, and statistical inference*, JASA 22:
    /// the shares that a score test does not refuse. On average as good as it says; use Clopper-Pearson
    /// for a guarantee.
    public static Interval wilson(long hits, long n) {
        return wilson(hits, n, 1);
    }

    private static Interval wilson(long hits, long n, double designEffect) {
        requireCounts(hits, n);
        double z = Normal.Z;
        double p = (double) hits / n;
        double size = n / designEffect;
        double middle = (p + z * z / (2.0 * size)) / (1 + z * z / size);
        double half = z / (1 + z * z / size) * Math.sqrt(p * (1 - p) / size + z * z / (4.0 * size * size));
        return Interval.around(hits == 0 ? 0 : middle - half, p, hits == n ? 1 : middle + half);
    }

    /// Clopper and Pearson (1934), *The use of confidence or fiducial limits*, Biometrika 26: never
    /// errs more often than it says.
    public static Interval clopperPearson(long hits, long n) {
        return clopperPearson(hits, n, 1);
    }

    /// The same for clustered requests, by their effective number: Korn and Graubard (1998),
    /// *Confidence intervals for proportions with small expected number of positive counts*, Survey
    /// Methodology 24.
    public static Interval clopperPearson(long hits, long n, double designEffect) {
        requireCounts(hits, n);
        double x = hits / designEffect;
        double size = n / designEffect;
        double low = hits == 0 ? 0 : BetaDistribution.of(x, size - x + 1).inverseCumulativeProbability(Interval.ALPHA);
        double high = hits == n ? 1 : BetaDistribution.of(x + 1, size - x).inverseSurvivalProbability(Interval.ALPHA);
        return Interval.around(low, (double) hits / n, high);
    }

    /// How much larger the second share is: Newcombe (1998), *Interval estimation for the difference
    /// between independent proportions*, Statistics in Medicine 17, method 10 (Wilson limits, combined
    /// by squares).
    public static Interval difference(long oldHits, long oldN, long newHits, long newN) {
        return difference(oldHits, oldN, 1, newHits, newN, 1);
    }

    /// The same for clustered requests, each side with its design effect.
    public static Interval difference(
            long oldHits, long oldN, double oldEffect, long newHits, long newN, double newEffect) {
        Interval before = wilson(oldHits, oldN, oldEffect);
        Interval after = wilson(newHits, newN, newEffect);
        double change = after.estimate() - before.estimate();
        return Interval.around(
                change - Math.hypot(after.estimate() - after.low(), before.high() - before.estimate()),
                change,
                change + Math.hypot(after.high() - after.estimate(), before.estimate() - before.low()));
    }

    /// The probability of this many hits or more when each of n is one with probability p: exact
    /// binomial.
    public static double atLeast(long hits, long n, double p) {
        requireCounts(hits, n);
        return hits == 0 ? 1 : BinomialDistribution.of(Math.toIntExact(n), p).survivalProbability((int) hits - 1);
    }

    /// The probability of a count as far out as this one, on either side, when each of n is one with probability p:
    /// exact binomial, twice the smaller tail (Clopper and Pearson's, turned round).
    public static double asFarOut(long hits, long n, double p) {
        requireCounts(hits, n);
        BinomialDistribution counts = BinomialDistribution.of(Math.toIntExact(n), p);
        return Math.min(1, 2 * Math.min(counts.cumulativeProbability((int) hits), atLeast(hits, n, p)));
    }

    /// The same of a split by a weight, where one stray in a thousand at full weight makes no liar of whoever splits.
    public static double asFarOutOfWeight(long hits, long n, double weight) {
        return asFarOut(hits, n, weight == 1 ? FULL_WEIGHT : weight);
    }

    private static void requireCounts(long hits, long n) {
        if (n <= 0 || hits < 0 || hits > n) {
            throw new IllegalArgumentException("need 0 <= hits <= n and n > 0, got %d of %d".formatted(hits, n));
        }
    }
}
