package dev.changeover.harness.gateway.program;

import static dev.changeover.harness.gateway.program.Shell.assertSoon;
import static dev.changeover.harness.gateway.program.Shell.sh;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    Path folder;

    @BeforeEach
    void needsAShell() {
        Shell.assumeThereIsOne();
    }

    @Test
    void itsExitCodeIsTakenAndBothItsOutputsAreKept() throws Exception {
        assertThat(run("echo out; echo err >&2; exit 3", LONG)).isEqualTo(new Ended.Exited(3));
        assertThat(Files.readString(log())).contains("out", "err");
    }

    @Test
    void itsInputIsEmptyAndItsEnvironmentWhatItWasGiven() throws Exception {
        assertThat(run("cat; [ -z \"$HOME\" ] && [ \"$GIVEN\" = yes ]", LONG)).isEqualTo(new Ended.Exited(0));
    }

    @Test
    void oneThatHangsIsKilledWithItsChildren() throws Exception {
        Ended ended = run("sleep 1000 & echo $! > child; wait", Duration.ofSeconds(2));
        assertThat(ended).isEqualTo(new Ended.Hung(Duration.ofSeconds(2)));
        assertThat(ended.text()).isEqualTo("was still running after 2s, and was killed");
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        assertSoon(() -> ProcessHandle.of(child).filter(Shell::isRunning).isEmpty());
    }

    @Test
    void whatItLeavesRunningGoesOnAndMayGoOnPrinting() throws Exception {
        Ended ended = run("(until [ -e go ]; do sleep 0.05; done; echo later; echo $? > printed) & exit 0", LONG);
        assertThat(ended).isEqualTo(new Ended.Exited(0));
        Files.createFile(folder.resolve("go"));
        assertSoon(() -> Files.exists(folder.resolve("printed"))
                && Files.readString(folder.resolve("printed")).equals("0\n"));
        assertThat(Files.readString(log())).contains("later");
    }

    @Test
    void oneThatCannotBeStartedIsNamed() throws Exception {
        Ended ended = Program.run(List.of("no-such-program-here"), Map.of(), folder, log(), LONG);
        assertThat(ended.text()).startsWith("no-such-program-here could not be started:");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() throws Exception {
        Ended ended = Program.run(sh("true"), Map.of(), folder.resolve("gone"), log(), LONG);
        assertThat(ended.text()).contains("there is no folder " + folder.resolve("gone"));
    }

    @Test
    void aLogThatGrowsKeepsItsEnd() throws Exception {
        Files.writeString(log(), "x".repeat(9 << 20) + "\nthe end\n");
        BoundedLog.bound(log());
        assertThat(Files.size(log())).isZero();
        assertThat(BoundedLog.tail(folder.resolve("program.log.1"), 1)).containsExactly("the end");
    }

    private Ended run(String script, Duration patience) throws InterruptedException {
        return Program.run(sh(script), Map.of("GIVEN", "yes", "PATH", "/usr/bin:/bin"), folder, log(), patience);
    }

    private Path log() {
        return folder.resolve("program.log");
    }
}
