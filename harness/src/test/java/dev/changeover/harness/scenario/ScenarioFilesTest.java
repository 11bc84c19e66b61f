package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFilesTest {

    @Test
    void aMissingTraceAndAnUnsetSecretAreProblems() throws ScenarioException {
        assertThat(ScenarioFiles.problems(Examples.parse(Examples.FAILOVER).scenario(), Map.of()))
                .extracting(Problem::what)
                .containsExactly(
                        "the trace /library/traces/busy.csv is not there",
                        "the environment variable NEW_API_KEY (providers.new.api_key) is not set");
    }

    @Test
    void whatIsThereIsNoProblem(@TempDir Path folder) throws Exception {
        Path trace = Files.writeString(folder.resolve("trace.csv"), "x");
        Scenario scenario =
                Examples.parse(Examples.FAILOVER, "traffic.trace=" + trace).scenario();

        assertThat(ScenarioFiles.problems(scenario, Map.of("NEW_API_KEY", "k"))).isEmpty();
    }
}
