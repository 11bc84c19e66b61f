package dev.changeover.harness.measurement;

import java.util.Arrays;

/// A measured quantity as an empirical distribution.
final class Ordered {

    private final double[] sorted;

    /// @param values become its own and are sorted in place
    Ordered(double[] values) {
        Arrays.sort(values);
        this.sorted = values;
    }

    int size() {
        return sorted.length;
    }

    double[] values() {
        return sorted.clone();
    }

    /// The inverse of the empirical distribution, linear between neighbours, and never beyond the least and the most
    /// that were measured: type 5 of Hyndman and Fan (1996), *Sample quantiles in statistical packages*.
    double at(double p) {
        double place = Math.clamp(p * sorted.length - 0.5, 0, sorted.length - 1.0);
        int below = (int) place;
        double next = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (place - below) * (next - sorted[below]);
    }
}
