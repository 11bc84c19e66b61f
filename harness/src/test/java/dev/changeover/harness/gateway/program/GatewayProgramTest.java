package dev.changeover.harness.gateway.program;

import static dev.changeover.harness.gateway.program.Shell.assertSoon;
import static dev.changeover.harness.gateway.program.Shell.processIn;
import static dev.changeover.harness.gateway.program.Shell.sh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.ProcessStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GatewayProgramTest {

    private final List<Event.GatewayProcess> events = new CopyOnWriteArrayList<>();
    private final RunMark mark = RunMark.unique();

    @TempDir
    Path folder;

    @BeforeEach
    void needsAShell() {
        Shell.assumeThereIsOne();
        Shell.assumeProc();
    }

    @Test
    void oneThatStopsWhenAskedIsStopped() throws Exception {
        try (GatewayProgram program = started("exec sleep 1000")) {
            assertThat(program.isRunning()).isTrue();
        }
        assertThat(steps()).containsExactly(ProcessStep.STARTED, ProcessStep.STOPPED);
    }

    @Test
    void oneThatDiesIsToldAtOnceWithItsCodeAndItsLastWordsButNoSecret() throws Exception {
        try (GatewayProgram program =
                started("echo starting; echo my key is sk-secret; until [ -e go ]; do sleep 0.05; done; exit 7")) {
            program.ready();
            program.announce();
            Files.writeString(folder.resolve("go"), "now");
            assertSoon(() -> steps().contains(ProcessStep.DIED));
        }
        assertThat(events.getLast().detail()).isEqualTo("exited with code 7; it last said: starting | my key is ***");
        assertThat(steps()).containsExactly(ProcessStep.STARTED, ProcessStep.READY, ProcessStep.DIED);
    }

    @Test
    void oneThatEndsBeforeItIsReadyDoesNotDieInTheMiddle() throws Exception {
        try (GatewayProgram program = started("exit 7")) {
            assertSoon(() -> !program.isRunning());
            assertThat(program.notReady("it " + program.ending()))
                    .isEqualTo("it exited with code 7; it printed nothing");
        }
        assertThat(steps()).containsExactly(ProcessStep.STARTED, ProcessStep.NOT_READY);
    }

    @Test
    void oneThatWillNotStopIsKilled() throws Exception {
        try (GatewayProgram _ = started("trap '' TERM; touch deaf; while :; do sleep 0.1; done")) {
            assertSoon(() -> Files.exists(folder.resolve("deaf")));
        }
        assertThat(steps()).containsExactly(ProcessStep.STARTED, ProcessStep.KILLED);
        assertThat(events.getLast().detail()).endsWith("did not stop within 500ms");
        assertThat(mark.processes()).isEmpty();
    }

    @Test
    void aChildThatOutlivesItIsLeftBehindAndKilled() throws Exception {
        ProcessHandle child;
        try (GatewayProgram _ = started("sleep 1000 & echo $! > child; wait")) {
            child = processIn(folder.resolve("child"));
        }
        assertThat(steps()).containsExactly(ProcessStep.STARTED, ProcessStep.STOPPED, ProcessStep.LEFT_BEHIND);
        assertThat(events.getLast().detail()).startsWith("pid " + child.pid() + " (");
        assertThat(Shell.isRunning(child)).isFalse();
    }

    @Test
    void aChildWhoseParentIsGoneIsFoundByItsMark() throws Exception {
        ProcessHandle orphan;
        try (GatewayProgram _ = started("(sleep 1000 & echo $! > orphan); exec sleep 1000")) {
            orphan = processIn(folder.resolve("orphan"));
        }
        assertThat(steps()).containsExactly(ProcessStep.STARTED, ProcessStep.STOPPED, ProcessStep.LEFT_BEHIND);
        assertThat(Shell.isRunning(orphan)).isFalse();
    }

    @Test
    void aGatewayThatAScriptStartedInItsPlaceServesAndIsStoppedLikeIt() throws Exception {
        ProcessHandle successor;
        try (GatewayProgram program = started("exec sleep 1000")) {
            program.announce();
            program.ready();
            long before = program.serving().pid();
            Ended script = script("kill %d; sleep 1000 & echo $! > successor; sleep 0.5".formatted(before));
            assertThat(script).isEqualTo(new Ended.Exited(0));
            successor = processIn(folder.resolve("successor"));
            assertSoon(() -> !program.isRunning());
            assertThat(program.serving()).isEqualTo(successor);
        }
        assertThat(Shell.isRunning(successor)).isFalse();
        assertThat(steps())
                .containsExactly(ProcessStep.STARTED, ProcessStep.READY, ProcessStep.STOPPED, ProcessStep.STOPPED);
    }

    @Test
    void whatAScriptLeavesRunningIsEndedWithoutAGatewayProgramToo() throws Exception {
        script("sleep 1000 & echo $! > left; exit 1");
        ProcessHandle left = processIn(folder.resolve("left"));
        new ScriptProcesses(mark, event -> events.add((Event.GatewayProcess) event), () -> 0).close();
        assertThat(Shell.isRunning(left)).isFalse();
        assertThat(steps()).containsExactly(ProcessStep.STOPPED);
    }

    @Test
    void nothingIsToldBeforeT0IsKnownAndThenWithItsOwnTime() throws Exception {
        try (GatewayProgram program = started("exec sleep 1000")) {
            program.ready();
            assertThat(events).isEmpty();
            long then = System.nanoTime();
            program.announce();
            assertThat(steps()).containsExactly(ProcessStep.STARTED, ProcessStep.READY);
            assertThat(events).allSatisfy(event -> assertThat(event.atNanos()).isLessThan(then));
        }
    }

    private GatewayProgram started(String script) throws Exception {
        return GatewayProgram.start(new GatewayProgram.Setting(
                sh(script),
                environment(mark.forGateway()),
                folder,
                folder.resolve("gateway.log"),
                Duration.ofMillis(500),
                mark,
                event -> events.add((Event.GatewayProcess) event),
                nanos -> nanos,
                text -> text.replace("sk-secret", "***")));
    }

    private Ended script(String text) throws InterruptedException {
        return Program.run(
                sh(text), environment(mark.forScripts()), folder, folder.resolve("script.log"), Duration.ofSeconds(50));
    }

    private static Map<String, String> environment(Map<String, String> marks) {
        Map<String, String> environment = new HashMap<>(marks);
        environment.put("PATH", "/usr/bin:/bin");
        return environment;
    }

    private List<ProcessStep> steps() {
        return events.stream().map(Event.GatewayProcess::step).toList();
    }
}
