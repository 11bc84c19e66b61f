package dev.changeover.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RatioOfSumsTest {

    @Test
    void aMeanAtTheLimitPassesInAboutOneOfTwenty() {
        double falseGo = Simulation.share(2_000, 1, r -> {
            double[] values = new double[400];
            int[] clusters = new int[400];
            double shared = 0;
            for (int i = 0; i < 400; i++) {
                shared = i % 4 == 0 ? r.nextGaussian() : shared;
                values[i] = 10 + shared + r.nextGaussian();
                clusters[i] = i / 4;
            }
            double[] ones = new double[400];
            Arrays.fill(ones, 1);
            return RatioOfSums.of(values, ones, clusters).high() < 10;
        });

        assertThat(falseGo).isBetween(0.035, 0.065);
    }

    @Test
    void fewConversationsBoundNothing() {
        double[] ones = new double[29];
        Arrays.fill(ones, 1);
        int[] clusters = new int[29];
        Arrays.setAll(clusters, i -> i);

        assertThat(RatioOfSums.of(ones, ones.clone(), clusters)).isEqualTo(Interval.unbounded(1));
    }
}
