package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.RollbackStep;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The way back by a program of the user's, run for real.
@Timeout(60)
class RollbackScriptTest {

    private RolloutBench bench;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        bench = new RolloutBench(folder);
    }

    @Test
    void aScriptIsRunForRealAndKnowsWhereToGo() throws Exception {
        bench.run("echo \"old $SHARE, new {{weight.new}}\" > weights; echo provider: old, again > gateway.yaml; echo"
                + " done");
        assertThat(bench.steps())
                .containsExactly(RollbackStep.TRIGGERED, RollbackStep.SCRIPT_STARTED, RollbackStep.SCRIPT_SUCCEEDED);
        assertThat(bench.folder().resolve("weights")).hasContent("old 100, new 0");
        assertThat(bench.folder().resolve("rollback.log")).hasContent("done");
        assertThat(bench.told(Event.Configuration.class)
                        .map(Event.Configuration::digest)
                        .distinct())
                .hasSize(2);
        assertThat(bench.told(Event.Weight.class))
                .as("a script has means of its own")
                .isEmpty();
    }

    @Test
    void aScriptThatFailsIsToldWithItsLastWords() throws Exception {
        bench.run("echo no backup; exit 3");
        assertThat(bench.steps()).endsWith(RollbackStep.SCRIPT_FAILED);
        assertThat(bench.told(Event.Rollback.class).toList().getLast().detail())
                .contains("code 3")
                .contains("no backup");
    }

    @Test
    void aScriptThatHangsIsKilled() throws Exception {
        bench.run("echo waiting; sleep 600");
        assertThat(bench.steps()).endsWith(RollbackStep.SCRIPT_HUNG);
        assertThat(bench.told(Event.Rollback.class).toList().getLast().detail()).contains("waiting");
    }

    @Test
    void aScriptWithANameThatHasNoValueIsNotStarted() throws Exception {
        bench.run("echo {{weight.nwe}}");
        assertThat(bench.steps()).containsExactly(RollbackStep.TRIGGERED, RollbackStep.SCRIPT_FAILED);
        assertThat(bench.told(Event.Rollback.class).toList().getLast().detail()).contains("weight.nwe");
    }
}
