package dev.changeover.harness.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.changeover.harness.scenario.FittedProfile;
import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.scenario.FittedProfile.Play;
import dev.changeover.harness.scenario.FittedProfile.Written;
import dev.changeover.harness.trace.SharedData;
import dev.changeover.harness.units.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Providers that were really measured, where those measurements are present.
class RealMeasurementsTest {

    private static final String INCIDENT = "deepseek_incident_2025/deepseek_performance_14-17_jan.csv";
    private static final String HEALTHY = "deepseek_incident_2025/old_deepseek_performance.csv";
    private static final Duration MIDDLE_OF_OUTAGE = Duration.ofMinutes(71 * 60 + 22);

    @Test
    void eachOfNineteenProvidersIsFittedCloserThanByACurve() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.file("llmperf_2023/individual"))) {
            List<FitSummary> fits = files.map(Measured::all)
                    .map(measured -> fit(measured, new Play.Distribution()).summary())
                    .toList();

            assertThat(fits).hasSize(19).allSatisfy(fit -> {
                assertThat(fit.ttft().distance()).isLessThan(0.05);
                assertThat(fit.pace().orElseThrow().distance()).isLessThan(0.05);
                assertThat(fit.lognormal().orElseThrow())
                        .isGreaterThan(2 * fit.ttft().distance());
                assertThat(fit.warnings())
                        .contains("its calls have no times: it cannot be played as an incident, and"
                                + " limits cannot be told from it");
            });
        }
    }

    @Test
    void aProviderThatRefusedMostOfItsCallsIsFittedWithItsRefusals() {
        FitSummary lepton = fit(
                        Measured.all(SharedData.file("llmperf_2023/individual/lepton_70b.json")),
                        new Play.Distribution())
                .summary();

        assertThat(lepton.served()).isEqualTo(20);
        assertThat(lepton.failed()).containsExactly(Map.entry("rate_limited", 130L));
        assertThat(lepton.limit()).isEqualTo("cannot be told: the calls have no times");
    }

    @Test
    void aHealthyWeekAndABrownoutAreToldApart() {
        FitSummary healthy = fit(Measured.all(SharedData.file(HEALTHY)), new Play.Distribution())
                .summary();
        FitSummary brownout = fit(Measured.all(SharedData.file(INCIDENT)), new Play.Distribution())
                .summary();

        assertThat(healthy.served()).isEqualTo(3_230);
        assertThat(healthy.failed()).isEmpty();
        assertThat(healthy.ttft().measured().p50()).isCloseTo(1_140, within(5.0));
        assertThat(brownout.served()).isEqualTo(2_651);
        assertThat(brownout.failed()).containsOnly(Map.entry("connection_refused", 30L), Map.entry("empty_answer", 7L));
        assertThat(brownout.leftOut()).contains("551 rows", "context_length", "267 rows", "quota");
        assertThat(brownout.ttft().measured().p99()).isCloseTo(75_280, within(50.0));
        assertThat(brownout.ttft().distance()).isLessThan(0.02);
    }

    @Test
    void theOutageIsPlayedWhenItWas() {
        Fit fit = fit(Measured.all(SharedData.file(INCIDENT)), new Play.Incident(200));

        assertThat(failed(fit, MIDDLE_OF_OUTAGE.dividedBy(200))).isGreaterThan(0.9);
        assertThat(failed(fit, Duration.ofHours(60).dividedBy(200))).isZero();
        assertThat(fit.summary().ttft().distance()).isLessThan(0.05);
    }

    @Test
    void aWindowIsAPartOfTheMeasurementsOwnTime() {
        Measured threeHours = new Measured(
                SharedData.file(INCIDENT),
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(69),
                Optional.of(Duration.ofHours(3)));

        Measurement measured = Measurements.read(threeHours);

        assertThat(measured.calls().size()).isBetween(30, 200);
        assertThat(measured.failed()).hasSize(30);
        assertThat(measured.spanNanos()).isLessThan(Duration.ofHours(3).toNanos());
    }

    private static double failed(Fit fit, Duration at) {
        return LongStream.range(0, 500)
                        .filter(i ->
                                fit.draw(Hash.mix(i), at.toNanos()).failure().isPresent())
                        .count()
                / 500.0;
    }

    private static Fit fit(Measured measured, Play play) {
        return Fit.of(new FittedProfile(measured, play, Written.NOTHING, Set.of(), ""));
    }
}
