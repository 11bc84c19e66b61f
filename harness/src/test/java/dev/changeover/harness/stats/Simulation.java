package dev.changeover.harness.stats;

import java.util.SplittableRandom;
import java.util.function.Predicate;

/// How often something happens when it is tried again and again with other random numbers.
final class Simulation {

    private Simulation() {}

    static double share(int runs, long seed, Predicate<SplittableRandom> happens) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 0;
        for (int run = 0; run < runs; run++) {
            count += happens.test(random.split()) ? 1 : 0;
        }
        return (double) count / runs;
    }

    static double[] lognormal(SplittableRandom random, int n, double median, double sigma) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = median * Math.exp(sigma * random.nextGaussian());
        }
        return values;
    }

    static int binomial(SplittableRandom random, int n, double p) {
        int hits = 0;
        for (int i = 0; i < n; i++) {
            hits += random.nextDouble() < p ? 1 : 0;
        }
        return hits;
    }
}
