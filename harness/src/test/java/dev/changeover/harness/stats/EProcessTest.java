package dev.changeover.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EProcessTest {

    private static final double[] WEIGHTS = {0.1, 0.3, 0.5, 1};

    @Test
    void oneErrorOfTheNewArmAtATenthOfTheTraffic() {
        EProcess process = new EProcess(1);
        process.bad(true, 0.1);
        double mean = IntStream.of(15, 20, 30, 50, 100)
                .mapToDouble(r -> r / 10.0)
                .map(r -> 0.1 * r / (0.1 * r + 0.9) / 0.1)
                .average()
                .orElseThrow();
        assertThat(process.value()).isCloseTo(mean, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.1", "1, 0.5", "1, 0.9", "2, 0.1", "2, 0.5", "7, 0.3"})
    void atTheToleratedRatioItsMeanStaysOne(double tolerated, double weight) {
        double struckNew = weight * tolerated / (weight * tolerated + 1 - weight);
        assertThat(struckNew * after(tolerated, true, weight) + (1 - struckNew) * after(tolerated, false, weight))
                .isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.01, 0.09, 0.1, 0.4, 0.99})
    void atFullWeightAndAtTheLimitItsMeanStaysOne(double limit) {
        EProcess bad = new EProcess(1);
        bad.trial(true, limit);
        EProcess good = new EProcess(1);
        good.trial(false, limit);
        assertThat(limit * bad.value() + (1 - limit) * good.value()).isCloseTo(1, within(1e-12));
        assertThat(bad.value()).isGreaterThan(1);
        assertThat(good.value()).isLessThan(1).isPositive();
    }

    @Test
    void noErrorIsAllowedAndOneIsSeen() {
        EProcess process = new EProcess(1);
        process.trial(false, 0);
        assertThat(process.value()).isEqualTo(1);
        process.trial(true, 0);
        assertThat(process.value()).isCloseTo(4.3, within(1e-9));
    }

    /// Every conversation is looked at, through all four weights; the new arm is as good as the old one, and
    /// as good as its objective says.
    @Test
    void aHealthyRolloutRaisesAnAlarmInAtMostOneOfTwenty() {
        int runs = 4_000;
        double alarms = Simulation.share(runs, 1, random -> healthyRolloutAlarms(random, 0.02));
        assertThat(alarms).isLessThan(0.05 + monteCarlo(runs)).isPositive();
    }

    /// The mean of two e-values is one, however much they depend on each other: here every error comes with a slow
    /// answer, and those are at their tolerated odds.
    @Test
    void theMeanOfTwoProcessesRaisesAnAlarmInAtMostOneOfTwenty() {
        int runs = 4_000;
        double alarms = Simulation.share(runs, 2, random -> {
            EProcess errors = new EProcess(1);
            EProcess slow = new EProcess(2);
            for (int i = 0; i < 3_000; i++) {
                boolean onNew = random.nextDouble() < 0.3;
                double trouble = random.nextDouble();
                if (trouble < (onNew ? 2.0 / 21 : 1.0 / 20)) {
                    slow.bad(onNew, 0.3);
                }
                if (trouble < 0.02) {
                    errors.bad(onNew, 0.3);
                }
                if ((errors.value() + slow.value()) / 2 >= EProcess.ALARM) {
                    return true;
                }
            }
            return false;
        });
        assertThat(alarms).isLessThan(0.05 + monteCarlo(runs));
    }

    @ParameterizedTest
    @CsvSource({"0.20, 100, 200", "0.05, 700, 1250"})
    void aWorseCanaryIsSeenAfterSoManyRequests(double newErrors, double from, double to) {
        SplittableRandom random = new SplittableRandom(3);
        double[] requests = IntStream.range(0, 1_001)
                .mapToDouble(_ -> requestsUntilAlarm(random.split(), 0.01, newErrors))
                .sorted()
                .toArray();
        assertThat(requests[500]).isBetween(from, to);
    }

    @Test
    void aMillionErrorsDoNotOverflow() {
        EProcess process = new EProcess(1);
        for (int i = 0; i < 1_000_000; i++) {
            process.bad(true, 0.1);
        }
        assertThat(process.value()).isFinite().isGreaterThan(1e300);
        EProcess healthy = new EProcess(1);
        for (int i = 0; i < 1_000_000; i++) {
            healthy.bad(false, 0.5);
        }
        assertThat(healthy.value()).isNotNegative().isLessThan(1e-300);
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        EProcess process = new EProcess(1);
        assertThatThrownBy(() -> process.bad(true, 0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> process.bad(false, 1)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> process.trial(true, 1)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> new EProcess(Double.NaN)).hasMessageContaining("NaN");
    }

    private static boolean healthyRolloutAlarms(SplittableRandom random, double errors) {
        EProcess process = new EProcess(1);
        for (double weight : WEIGHTS) {
            for (int i = 0; i < 2_000; i++) {
                boolean onNew = random.nextDouble() < weight;
                boolean bad = random.nextDouble() < errors;
                if (weight == 1) {
                    process.trial(bad, errors);
                } else if (bad) {
                    process.bad(onNew, weight);
                }
                if ((bad || weight == 1) && process.value() >= EProcess.ALARM) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double requestsUntilAlarm(SplittableRandom random, double oldErrors, double newErrors) {
        EProcess process = new EProcess(1);
        for (int requests = 1; requests < 20_000; requests++) {
            boolean onNew = random.nextDouble() < 0.1;
            if (random.nextDouble() < (onNew ? newErrors : oldErrors)) {
                process.bad(onNew, 0.1);
                if (process.value() >= EProcess.ALARM) {
                    return requests;
                }
            }
        }
        return 20_000;
    }

    /// Three standard errors of a share of one in twenty.
    private static double monteCarlo(int runs) {
        return 3 * Math.sqrt(0.05 * 0.95 / runs);
    }

    private static double after(double tolerated, boolean onNew, double weight) {
        EProcess process = new EProcess(tolerated);
        process.bad(onNew, weight);
        return process.value();
    }
}
