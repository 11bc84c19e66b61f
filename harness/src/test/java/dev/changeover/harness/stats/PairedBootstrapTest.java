package dev.changeover.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

    /// Pairs that share their request's length, in conversations of three that share more; the second
    /// arm is as many times as long as `factor` says.
    private static Interval interval(SplittableRandom random, int pairs, double factor, double p) {
        double[] before = new double[pairs];
        double[] after = new double[pairs];
        int[] clusters = new int[pairs];
        double conversation = 0;
        for (int i = 0; i < pairs; i++) {
            conversation = i % 3 == 0 ? 0.3 * random.nextGaussian() : conversation;
            double request = conversation + 0.4 * random.nextGaussian();
            before[i] = Math.exp(request + 0.3 * random.nextGaussian());
            after[i] = factor * Math.exp(request + 0.3 * random.nextGaussian());
            clusters[i] = i / 3;
        }
        return PairedBootstrap.of(before, after, clusters).logRatio(p, random.nextLong());
    }

    @Test
    void aSlowdownAtTheMarginPassesInAboutOneOfTwenty() {
        double falseGoP50 =
                Simulation.share(400, 1, r -> interval(r, 300, 1.10, 0.5).high() < Math.log(1.10));
        double falseGoP95 =
                Simulation.share(400, 2, r -> interval(r, 300, 1.15, 0.95).high() < Math.log(1.15));

        assertThat(falseGoP50).isLessThan(0.06);
        assertThat(falseGoP95).isLessThan(0.06);
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        assertThat(interval(new SplittableRandom(5), 200, 1, 0.95))
                .isEqualTo(interval(new SplittableRandom(5), 200, 1, 0.95));
    }

    @Test
    void pairsThatAreAllAlikeLeaveNoDoubt() {
        double[] same = new double[100];
        Arrays.fill(same, 3);
        int[] clusters = new int[100];
        Arrays.setAll(clusters, i -> i / 2);

        assertThat(PairedBootstrap.of(same, same.clone(), clusters).logRatio(0.95, 1))
                .isEqualTo(new Interval(0, 0, 0));
    }

    @Test
    void oneLongConversationBoundsNothing() {
        double[] same = new double[100];
        Arrays.fill(same, 3);

        assertThat(PairedBootstrap.of(same, same.clone(), new int[100]).logRatio(0.95, 1))
                .isEqualTo(Interval.unbounded(0));
    }
}
