package dev.changeover.harness.measurement;

import static dev.changeover.harness.measurement.MadeUp.SECOND;
import static dev.changeover.harness.measurement.MadeUp.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.changeover.harness.scenario.FittedProfile.Play;
import dev.changeover.harness.scenario.FittedProfile.Written;
import dev.changeover.harness.scenario.SimulatedProfile.Limits;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FitTest {

    private static final int DRAWS = 20_000;

    @Test
    void twoModesStayTwoWhereACurveHasOne() {
        Fit fit = MadeUp.drawn(IntStream.range(0, 400)
                .mapToObj(i -> served(i, i % 2 == 0 ? 200 + i / 10.0 : 2_000 + i, 50)));

        FitSummary summary = fit.summary();

        assertThat(summary.ttft().distance()).isLessThan(0.02);
        assertThat(summary.lognormal().orElseThrow()).isGreaterThan(0.2);
        assertThat(draws(fit).filter(drawn -> drawn.ttftNanos() > 0.3e9 && drawn.ttftNanos() < 1.9e9))
                .as("draws between the modes, where only the one gap between neighbours lies")
                .hasSizeLessThan(DRAWS / 100);
    }

    @Test
    void aCurveThatFitsIsToldToFit() {
        Fit fit =
                MadeUp.drawn(IntStream.range(0, 2_000).mapToObj(i -> served(i, 300 * Math.exp(0.4 * gaussian(i)), 50)));

        assertThat(fit.summary().lognormal().orElseThrow()).isLessThan(0.06);
    }

    @Test
    void slowStartsGoWithSlowPacesWhereTheyDid() {
        Fit fit = MadeUp.drawn(IntStream.range(0, 300).mapToObj(i -> served(i, 100 + i, 300 - i / 2.0)));

        List<Drawn> slow = draws(fit).filter(drawn -> drawn.ttftNanos() > 350e6).toList();

        assertThat(slow).isNotEmpty().allMatch(drawn -> 1e9 / drawn.nanosPerToken() < 180);
    }

    @Test
    void nothingIsSlowerThanTheSlowestMeasuredOrFasterThanTheFastest() {
        Fit fit = MadeUp.drawn(IntStream.range(0, 20).mapToObj(i -> served(i, 100 + 10 * i, 50)));

        assertThat(draws(fit)).allMatch(drawn -> drawn.ttftNanos() >= 100e6 && drawn.ttftNanos() <= 290e6);
    }

    @Test
    void failuresComeAtTheirShareAndAsTheyWere() {
        Failure slow = new Failure(ErrorKind.OVERLOADED, OptionalInt.of(529), OptionalLong.of(7 * SECOND));
        Fit fit = MadeUp.drawn(Stream.concat(
                Stream.generate(() -> MeasuredCall.failed(OptionalLong.of(0), slow))
                        .limit(20),
                IntStream.range(0, 80).mapToObj(i -> served(i, 100, 50))));

        List<Failure> failures =
                draws(fit).flatMap(drawn -> drawn.failure().stream()).toList();

        assertThat(failures.size() / (double) DRAWS).isCloseTo(0.2, within(0.01));
        assertThat(failures).allMatch(slow::equals);
    }

    @Test
    void theSameRequestGetsTheSameWheneverItComes() {
        Fit fit = MadeUp.drawn(IntStream.range(0, 100).mapToObj(i -> served(i, 100 + i, 50)));

        assertThat(fit.draw(42, 0)).isEqualTo(fit.draw(42, 3_600 * SECOND)).isNotEqualTo(fit.draw(43, 0));
    }

    @Test
    void tooLittleIsRefusedAndLittleIsSaid() {
        assertThatThrownBy(() -> MadeUp.drawn(IntStream.range(0, 19).mapToObj(i -> served(i, 100, 50))))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(
                        "made-up.csv: has 19 served calls with a time to first token, and a fit takes 20");
        assertThat(MadeUp.drawn(IntStream.range(0, 20).mapToObj(i -> served(i, 100 + i, 50)))
                        .summary()
                        .warnings())
                .contains("20 served calls are few: its p99 is about its slowest call");
    }

    @Test
    void whatWasNotOneDistributionIsSaid() {
        Stream<MeasuredCall> calls =
                IntStream.range(0, 400).mapToObj(i -> served(i * SECOND, i < 200 ? 100 + i % 50 : 900 + i % 50, 50));

        assertThat(MadeUp.drawn(calls).summary().warnings())
                .containsExactly("its first half and its second are KS 1.00 apart: it was not one distribution;"
                        + " play: incident keeps what was when");
    }

    @Test
    void whatTheScenarioWritesComesFirst() {
        Written written = new Written(
                Optional.of(Duration.ofMillis(50)),
                Optional.of(Duration.ofMillis(50)),
                OptionalDouble.of(10),
                0,
                Optional.of(new Share(1)),
                Optional.of(new Limits(OptionalInt.of(7), OptionalLong.empty(), OptionalInt.empty())));
        Fit fit = Fit.of(
                MadeUp.profile(new Play.Distribution(), written),
                MadeUp.measurement(IntStream.range(0, 30).mapToObj(i -> served(i, 500, 100))));

        Drawn drawn = fit.draw(1, 0);

        assertThat(drawn.ttftNanos()).isCloseTo(50e6, within(1.0));
        assertThat(drawn.nanosPerToken()).isCloseTo(1e8, within(1.0));
        assertThat(drawn.failure().orElseThrow().kind()).isEqualTo(ErrorKind.SERVER_ERROR);
        assertThat(fit.limits().requestsPerMinute()).hasValue(7);
        assertThat(fit.summary().ttft().distance()).isEqualTo(1);
        assertThat(fit.summary().warnings()).contains("time to first token is KS 1.00 from the measured one");
    }

    private static Stream<Drawn> draws(Fit fit) {
        return LongStream.range(0, DRAWS).mapToObj(i -> fit.draw(Hash.mix(i), 0));
    }

    private static double gaussian(int i) {
        double u = Math.max(Hash.unit(Hash.mix(i, 1)), 1e-12);
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * Hash.unit(Hash.mix(i, 2)));
    }
}
