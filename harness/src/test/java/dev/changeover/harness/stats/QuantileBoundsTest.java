package dev.changeover.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuantileBoundsTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    private static Sample counting(int n, double censoredFrom) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> i + 1);
        return Sample.of(values, censoredFrom);
    }

    @Test
    void aHighQuantileNeedsItsSample() {
        assertThat(QuantileBounds.of(counting(58, NEVER), 0.95).high()).isInfinite();
        assertThat(QuantileBounds.of(counting(59, NEVER), 0.95).high()).isEqualTo(59);
        assertThat(QuantileBounds.of(counting(298, NEVER), 0.99).high()).isInfinite();
        assertThat(QuantileBounds.of(counting(299, NEVER), 0.99).high()).isEqualTo(299);
        assertThat(QuantileBounds.smallestSample(0.95)).isEqualTo(59);
        assertThat(QuantileBounds.smallestSample(0.99)).isEqualTo(299);
    }

    @Test
    void aBoundThatReachesTheDeadlineIsNone() {
        assertThat(QuantileBounds.of(counting(1_000, 990), 0.95).high()).isFinite();
        assertThat(QuantileBounds.of(counting(1_000, 955), 0.95).high()).isInfinite();
    }

    @Test
    void eachBoundIsWrongInAtMostOneOfTwenty() {
        double p95 = Math.exp(0.6 * Normal.z(0.05));
        double tooLow = Simulation.share(
                2_000,
                1,
                r -> QuantileBounds.of(Sample.of(Simulation.lognormal(r, 300, 1, 0.6), NEVER), 0.95)
                                .high()
                        < p95);
        double tooHigh = Simulation.share(
                2_000,
                2,
                r -> QuantileBounds.of(Sample.of(Simulation.lognormal(r, 300, 1, 0.6), NEVER), 0.95)
                                .low()
                        > p95);

        assertThat(tooLow).isBetween(0.01, 0.055);
        assertThat(tooHigh).isBetween(0.01, 0.055);
    }

    @Test
    void aSlowdownAtTheMarginPassesInAtMostOneOfTwenty() {
        double falseGo = Simulation.share(
                1_500,
                3,
                r -> QuantileBounds.logRatio(
                                        Sample.of(Simulation.lognormal(r, 500, 1, 0.6), NEVER),
                                        1,
                                        Sample.of(Simulation.lognormal(r, 500, 1.15, 0.6), NEVER),
                                        1,
                                        0.95)
                                .high()
                        < Math.log(1.15));

        assertThat(falseGo).isBetween(0.01, 0.055);
    }
}
