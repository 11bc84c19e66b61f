package dev.changeover.harness.stats;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/// How far apart two distributions are: the largest difference of their cumulative distributions, 0 to 1.
public final class KolmogorovSmirnov {

    private static final KolmogorovSmirnovTest TEST = KolmogorovSmirnovTest.withDefaults();

    private KolmogorovSmirnov() {}

    /// @param one at least two values
    /// @param other at least two values
    public static double distance(double[] one, double[] other) {
        return TEST.statistic(one, other);
    }

    /// @param cumulative of a continuous distribution
    public static double distance(double[] sample, DoubleUnaryOperator cumulative) {
        return TEST.statistic(sample, cumulative);
    }

    /// The distance that two samples of one distribution exceed once in a hundred times:
    /// `sqrt(-ln(0.01 / 2) / 2) * sqrt((n + m) / (n m))`, Smirnov (1948), *Table for estimating the goodness of
    /// fit of empirical distributions*.
    public static double exceededOnceInAHundred(int n, int m) {
        return Math.sqrt(-Math.log(0.005) / 2) * Math.sqrt((n + m) / ((double) n * m));
    }
}
