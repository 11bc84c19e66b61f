package dev.changeover.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DesignEffectTest {

    private static final int CONVERSATIONS = 300;
    private static final int LENGTH = 5;

    /// Conversations of five requests, of which either all fail or, mostly, none.
    private static boolean[] bursts(SplittableRandom random, double share) {
        boolean[] hits = new boolean[CONVERSATIONS * LENGTH];
        boolean bad = false;
        for (int i = 0; i < hits.length; i++) {
            bad = i % LENGTH == 0 ? random.nextDouble() < share : bad;
            hits[i] = bad;
        }
        return hits;
    }

    private static int[] conversations() {
        int[] clusters = new int[CONVERSATIONS * LENGTH];
        Arrays.setAll(clusters, i -> i / LENGTH);
        return clusters;
    }

    private static long count(boolean[] hits) {
        long count = 0;
        for (boolean hit : hits) {
            count += hit ? 1 : 0;
        }
        return count;
    }

    @Test
    void conversationsThatFailAsAWholeCountOnce() {
        assertThat(DesignEffect.of(bursts(new SplittableRandom(1), 0.1), conversations()))
                .isBetween(4.9, 5.1);
    }

    @Test
    void requestsOfTheirOwnCountFully() {
        int[] alone = new int[100];
        Arrays.setAll(alone, i -> i);
        boolean[] hits = new boolean[100];
        Arrays.fill(hits, 0, 10, true);

        assertThat(DesignEffect.of(hits, alone)).isEqualTo(1);
    }

    @Test
    void errorsInBurstsPassFalselyInAtMostOneOfTwenty() {
        double falseGo = Simulation.share(2_000, 2, r -> {
            boolean[] hits = bursts(r, 0.05);
            double effect = DesignEffect.of(hits, conversations());
            return Proportions.clopperPearson(count(hits), hits.length, effect).high() < 0.05;
        });
        double falseGoUnaware = Simulation.share(2_000, 2, r -> {
            boolean[] hits = bursts(r, 0.05);
            return Proportions.clopperPearson(count(hits), hits.length).high() < 0.05;
        });

        assertThat(falseGo).isLessThan(0.06);
        assertThat(falseGoUnaware).isGreaterThan(0.15);
    }

    @Test
    void aClusteredQuantileIsBoundedAsOftenAsItSays() {
        double p95 = Math.exp(0.6 * Normal.z(0.05));
        double tooLow = Simulation.share(1_000, 3, r -> {
            double[] values = new double[CONVERSATIONS * LENGTH];
            double shared = 0;
            for (int i = 0; i < values.length; i++) {
                shared = i % LENGTH == 0 ? r.nextGaussian() : shared;
                values[i] = Math.exp(0.6 * (Math.sqrt(0.7) * shared + Math.sqrt(0.3) * r.nextGaussian()));
            }
            Sample sample = Sample.of(values.clone(), Double.POSITIVE_INFINITY);
            double quantile = sample.quantile(0.95);
            boolean[] below = new boolean[values.length];
            for (int i = 0; i < values.length; i++) {
                below[i] = values[i] <= quantile;
            }
            return QuantileBounds.of(sample, 0.95, DesignEffect.of(below, conversations()))
                            .high()
                    < p95;
        });

        assertThat(tooLow).isLessThan(0.06);
    }
}
