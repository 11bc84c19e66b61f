package dev.changeover.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionsTest {

    @Test
    void noErrorProvesAsMuchAsTheRuleOfThreeSays() {
        assertThat(Proportions.clopperPearson(0, 299).high()).isLessThan(0.01);
        assertThat(Proportions.clopperPearson(0, 298).high()).isGreaterThan(0.01);
        assertThat(Proportions.clopperPearson(0, 598).high()).isLessThan(0.005);
        assertThat(Proportions.clopperPearson(0, 2_995).high()).isLessThan(0.001);
    }

    @Test
    void allOrNothingReachesTheEnds() {
        assertThat(Proportions.clopperPearson(0, 10).low()).isZero();
        assertThat(Proportions.clopperPearson(10, 10).high()).isEqualTo(1);
        assertThat(Proportions.wilson(0, 10).low()).isZero();
        assertThat(Proportions.wilson(10, 10).high()).isEqualTo(1);
    }

    /// Newcombe's table II, method 10, case (a) 56/70 against 48/80, computed for 90 % instead of his
    /// 95 %.
    @Test
    void theDifferenceIsNewcombes() {
        Interval difference = Proportions.difference(48, 80, 56, 70);

        assertThat(difference.estimate()).isCloseTo(0.2, within(1e-12));
        assertThat(difference.low()).isBetween(0.0524, 0.1);
        assertThat(difference.high()).isBetween(0.29, 0.3339);
    }

    @Test
    void aTrueShareAtTheLimitPassesInAtMostOneOfTwenty() {
        double falseGo = Simulation.share(
                4_000,
                1,
                r -> Proportions.clopperPearson(Simulation.binomial(r, 500, 0.02), 500)
                                .high()
                        < 0.02);

        assertThat(falseGo).isBetween(0.01, 0.05);
    }

    @Test
    void aDifferenceAtTheMarginPassesInAboutOneOfTwenty() {
        double falseGo = Simulation.share(
                3_000,
                2,
                r -> Proportions.difference(
                                        Simulation.binomial(r, 1_000, 0.02),
                                        1_000,
                                        Simulation.binomial(r, 1_000, 0.03),
                                        1_000)
                                .high()
                        < 0.01);

        assertThat(falseGo).isBetween(0.03, 0.06);
    }

    @Test
    void howFarOutACountIsOnEitherSide() {
        assertThat(Proportions.asFarOut(10, 100, 0.1)).isEqualTo(1);
        assertThat(Proportions.asFarOut(0, 10, 0.5)).isCloseTo(2.0 / 1_024, within(1e-12));
        assertThat(Proportions.asFarOut(10, 10, 0.5)).isCloseTo(2.0 / 1_024, within(1e-12));
        assertThat(Proportions.asFarOut(9, 10, 1)).isZero();
        assertThat(Proportions.asFarOutOfWeight(9, 10, 1)).as("a stray").isBetween(0.01, 0.03);
        assertThat(Proportions.asFarOutOfWeight(7, 10, 1)).as("many").isLessThan(1e-6);
        assertThat(Proportions.asFarOutOfWeight(0, 10, 0.5)).isEqualTo(Proportions.asFarOut(0, 10, 0.5));
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatThrownBy(() -> Proportions.wilson(3, 2)).hasMessageContaining("3 of 2");
        assertThatThrownBy(() -> Proportions.clopperPearson(0, 0)).hasMessageContaining("0 of 0");
    }
}
