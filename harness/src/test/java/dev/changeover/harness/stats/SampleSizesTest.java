package dev.changeover.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleSizesTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void noErrorsProveALimitFromTheRuleOfThreesSample() {
        assertThat(SampleSizes.noneSeen(0.01)).isEqualTo(299);
        assertThat(SampleSizes.noneSeen(0.005)).isEqualTo(598);
        assertThat(SampleSizes.noneSeen(0.001)).isEqualTo(2_995);
    }

    @Test
    void equalSharesPassAboutAsOftenAsPlanned() {
        int n = (int) SampleSizes.differenceOfShares(0.01, 0.005);

        double go = Simulation.share(
                400,
                1,
                r -> Proportions.difference(Simulation.binomial(r, n, 0.01), n, Simulation.binomial(r, n, 0.01), n)
                                .high()
                        < 0.005);

        assertThat(n).isBetween(4_890, 4_900);
        assertThat(go).isBetween(0.74, 0.88);
    }

    @Test
    void equalQuantilesPassAboutAsOftenAsPlanned() {
        int n = (int) SampleSizes.ratioOfQuantiles(0.95, 0.6, 0.15);

        double go = Simulation.share(
                400,
                2,
                r -> QuantileBounds.logRatio(
                                        Sample.of(Simulation.lognormal(r, n, 1, 0.6), NEVER),
                                        1,
                                        Sample.of(Simulation.lognormal(r, n, 1, 0.6), NEVER),
                                        1,
                                        0.95)
                                .high()
                        < Math.log(1.15));

        assertThat(go).isBetween(0.68, 0.88);
    }

    @Test
    void withoutErrorsInEitherArmTheBoundFallsBelowTheMarginAtTheSampleSaid() {
        int n = (int) SampleSizes.noneSeenInEither(0.0025);
        assertThat(Proportions.difference(0, n, 0, n).high()).isLessThan(0.0025);
        assertThat(Proportions.difference(0, n - 1, 0, n - 1).high()).isGreaterThanOrEqualTo(0.0025);
    }
}
