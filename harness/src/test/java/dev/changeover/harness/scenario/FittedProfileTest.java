package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.scenario.FittedProfile.Play;
import dev.changeover.harness.units.Arm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FittedProfileTest {

    private static final String YAML = """
        scenario: fitted
        traffic: { trace: trace.csv }
        providers:
          old: { simulate: { profile: PROFILE, MORE models: [m], key: k } }
          new: { simulate: {} }
        gateway: none
        expect: { error_rate: { max: 1% } }
        """;

    @Test
    void aMeasurementIsNamedWithAllThatIsAskedOfIt() throws Exception {
        FittedProfile profile = parsed(
                "{ from: runs/history.jsonl, format: history, arm: new, window: { from: 1h, length: 30m },"
                        + " play: incident, speed: 10x }",
                "errors: 2%,");

        assertThat(profile.measured())
                .isEqualTo(new Measured(
                        Path.of("/library/runs/history.jsonl"),
                        Optional.of("history"),
                        Optional.of(Arm.NEW),
                        Duration.ofHours(1),
                        Optional.of(Duration.ofMinutes(30))));
        assertThat(profile.play()).isEqualTo(new Play.Incident(10));
        assertThat(profile.written().errors().orElseThrow().value()).isEqualTo(0.02);
        assertThat(profile.models()).isEqualTo(Set.of("m"));
        assertThat(profile.key()).isEqualTo("k");
    }

    @Test
    void aFileAloneIsEnough() throws Exception {
        assertThat(parsed("{ from: a.csv }", "").measured()).isEqualTo(Measured.all(Path.of("/library/a.csv")));
        assertThat(parsed("{ from: a.csv }", "").play()).isEqualTo(new Play.Distribution());
    }

    @Test
    void aResolvedScenarioMeansTheSameFromAnywhere() throws Exception {
        String resolved = ScenarioParser.parse(yaml("{ from: a.csv }", ""), "t.yaml", Path.of("/library"), List.of())
                .resolvedYaml();

        assertThat(profileOf(ScenarioParser.parse(resolved, "t.yaml", Path.of("/elsewhere"), List.of())))
                .isEqualTo(parsed("{ from: a.csv }", ""));
    }

    @Test
    void whatHasNoMeaningIsAProblem() {
        assertThat(problems("{ from: a.csv, speed: 2x }", ""))
                .containsExactly("speed is of an incident; write play: incident, or take it out");
        assertThat(problems("{ play: incident }", "")).containsExactly("'from' is missing");
        assertThat(problems("{ from: a.csv, play: indecent }", "")).containsExactly("unknown word 'indecent'");
        assertThat(problems("{ from: a.csv }", "jitter: 0.2,"))
                .containsExactly("jitter needs tokens_per_second beside it; the measured rates have their own");
        assertThat(problems("{ from: a.csv }", "ttft: { p99: 2s },"))
                .containsExactly("ttft p99 needs a p50 that it is not below; the measured one is not known here");
        assertThat(problems("stedy", "")).containsExactly("unknown word 'stedy'");
        assertThat(problems("[steady]", "")).containsExactly("a list where a value is needed");
    }

    @Test
    void aMeasurementThatIsNotThereIsAProblemWithItsPlace(@TempDir Path folder) {
        ScenarioException refused = catchThrowableOfType(
                ScenarioException.class,
                () -> ScenarioParser.parseToRun(yaml("{ from: a.csv }", ""), "t.yaml", folder, List.of(), Map.of()));

        assertThat(refused.problems())
                .anySatisfy(
                        problem -> assertThat("%d:%d %s".formatted(problem.line(), problem.column(), problem.what()))
                                .isEqualTo("4:39 the measurement %s is not there".formatted(folder.resolve("a.csv"))));
    }

    @Test
    void theSchemaTakesAWordOrAMeasurement() {
        assertThat(ScenarioSchema.json()).contains("\"instant\"").contains("a file of measured calls");
    }

    private static List<String> problems(String profile, String more) {
        return catchThrowableOfType(ScenarioException.class, () -> parsed(profile, more)).problems().stream()
                .map(Problem::what)
                .toList();
    }

    private static FittedProfile parsed(String profile, String more) throws ScenarioException {
        return profileOf(ScenarioParser.parse(yaml(profile, more), "t.yaml", Path.of("/library"), List.of()));
    }

    private static FittedProfile profileOf(ScenarioParser.Parsed parsed) {
        return ((Provider.Source.Fitted)
                        parsed.scenario().providers().get(Arm.OLD).source())
                .profile();
    }

    private static String yaml(String profile, String more) {
        return YAML.replace("PROFILE", profile).replace("MORE", more);
    }
}
