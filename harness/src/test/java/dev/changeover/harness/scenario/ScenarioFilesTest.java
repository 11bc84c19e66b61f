package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFilesTest {

    private static List<String> problems(String yaml, Map<String, String> environment) {
        ScenarioException refused = catchThrowableOfType(
                ScenarioException.class,
                () -> ScenarioParser.parseToRun(yaml, "test.yaml", Path.of("/library"), List.of(), environment));
        return refused.problems().stream()
                .map(p -> "%s:%d:%d %s".formatted(p.source(), p.line(), p.column(), p.what()))
                .toList();
    }

    @Test
    void aMissingTraceAndAnUnsetSecretAreProblemsWithTheirPlaces() {
        assertThat(problems(Examples.FAILOVER, Map.of()))
                .satisfiesExactly(
                        trace -> assertThat(trace)
                                .matches("test.yaml:\\d+:\\d+ the trace /library/traces/busy.csv is not there"),
                        secret -> assertThat(secret)
                                .matches("test.yaml:\\d+:\\d+ the environment variable NEW_API_KEY is not set"));
    }

    @Test
    void theyAreToldTogetherWithEverythingElse() {
        assertThat(problems(Examples.FAILOVER.replace("seed: 7", "sead: 7"), Map.of()))
                .hasSize(3)
                .last()
                .asString()
                .contains("unknown key 'sead'");
    }

    @Test
    void whatIsThereIsNoProblem(@TempDir Path folder) throws Exception {
        Path trace = Files.writeString(folder.resolve("trace.csv"), "x");
        Setting there = Setting.parse("traffic.trace=" + trace, folder);

        ScenarioParser.parseToRun(
                Examples.FAILOVER, "test.yaml", folder, List.of(there), Map.of("NEW_API_KEY", "not-a-secret"));
    }

    @Test
    void missingTemplatesProgramsAndTheGatewaysKeyAreProblemsWithTheirPlaces(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.csv"), "x");
        Path program = Files.writeString(folder.resolve("curl"), "x");

        assertThat(problemsIn(folder, ChangeExamples.COMMAND, Map.of("PATH", "/nowhere")))
                .containsExactly(
                        "test.yaml:8:26 the template %s is not there".formatted(folder.resolve("relay.properties")),
                        "test.yaml:9:13 the program curl is not on the PATH");
        assertThat(problemsIn(folder, ChangeExamples.URL, Map.of()))
                .containsExactly("test.yaml:7:14 the environment variable GATEWAY_KEY is not set");

        Files.writeString(folder.resolve("relay.properties"), "x");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(problemsIn(folder, ChangeExamples.COMMAND, Map.of("PATH", "/nowhere:" + folder)))
                .isEmpty();
    }

    @Test
    void aNameThatATemplateCannotHaveIsAProblemBeforeAnythingIsStarted(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.csv"), "x");
        Path program = Files.writeString(folder.resolve("curl"), "x");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path template = folder.resolve("relay.properties");
        Files.writeString(template, "{{old.url}} {{ nmae }} {{nmae}} {{folder}} {{gateway.pid}} {{IS_ITS_OWN}}");

        assertThat(problemsIn(folder, ChangeExamples.COMMAND, Map.of("PATH", folder.toString())))
                .containsExactly(
                        "test.yaml:8:26 in the template %s: unknown name {{nmae}}".formatted(template),
                        "test.yaml:8:26 in the template %s: {{folder}} has no value in a template".formatted(template),
                        "test.yaml:8:26 in the template %s: {{gateway.pid}} has no value in a template"
                                .formatted(template));
    }

    @Test
    void aTemplateThatIsNoTextIsAProblemWithItsPlace(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.csv"), "x");
        Path program = Files.writeString(folder.resolve("curl"), "x");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path template = Files.write(folder.resolve("relay.properties"), new byte[] {'a', (byte) 0xff});

        assertThat(problemsIn(folder, ChangeExamples.COMMAND, Map.of("PATH", folder.toString())))
                .containsExactly("test.yaml:8:26 the template %s cannot be read as UTF-8 text".formatted(template));
    }

    private static List<String> problemsIn(Path folder, String yaml, Map<String, String> environment) {
        try {
            ScenarioParser.parseToRun(yaml, "test.yaml", folder, List.of(), environment);
            return List.of();
        } catch (ScenarioException e) {
            return e.problems().stream()
                    .map(p -> "%s:%d:%d %s".formatted(p.source(), p.line(), p.column(), p.what()))
                    .toList();
        }
    }
}
