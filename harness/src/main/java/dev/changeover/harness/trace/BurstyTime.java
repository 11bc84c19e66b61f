package dev.changeover.harness.trace;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Bends even time into bursts: the rate of each second is a log-normal that remembers the second before.
///
/// Requests that come as a Poisson process at a rate m, itself random with mean 1 and slow against the gaps, have
/// gaps with a squared variation of `2 E[1/m] - 1`. For a log-normal m with deviation s that is `2 exp(s^2) - 1`, from
/// which s follows.
final class BurstyTime {

    private static final double MEMORY = 0.7;

    /// Share of the requests that has arrived by the end of each second, from 0 to 1.
    private final double[] arrived;

    private final double spanNanos;

    BurstyTime(SplittableRandom random, double spanNanos, double gapVariation) {
        this.spanNanos = spanNanos;
        this.arrived = new double[(int) Math.ceil(spanNanos / 1e9) + 1];
        double deviation = Math.sqrt(Math.log((gapVariation * gapVariation + 1) / 2));
        double wander = random.nextGaussian();
        for (int second = 1; second < arrived.length; second++) {
            arrived[second] = arrived[second - 1] + secondsIn(second - 1) * Math.exp(deviation * wander);
            wander = MEMORY * wander + Math.sqrt(1 - MEMORY * MEMORY) * random.nextGaussian();
        }
        double all = arrived[arrived.length - 1];
        for (int second = 0; second < arrived.length; second++) {
            arrived[second] /= all;
        }
    }

    /// The moment by which a share of the requests, at least 0 and below 1, has arrived.
    long nanosAt(double share) {
        int found = Arrays.binarySearch(arrived, share);
        int second = Math.min(arrived.length - 2, found >= 0 ? found : -found - 2);
        double within = (share - arrived[second]) / (arrived[second + 1] - arrived[second]);
        return (long) Math.min(spanNanos - 1, (second + within * secondsIn(second)) * 1e9);
    }

    /// 1, but less for the last second of a span that ends within it.
    private double secondsIn(int second) {
        return Math.min(1, spanNanos / 1e9 - second);
    }
}
