package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs in a process of their own that do not reach their end.
class EndedEarlyTest {

    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void leaveNothingRunning() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void aKilledRunStillHasAReport() throws Exception {
        startAndAwaitRequests();
        process.destroyForcibly().waitFor();
        Shell report = Shell.run("report", run());
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.out()).contains("INCONCLUSIVE").contains("killed");
        assertThat(run().resolve("report.html")).exists();
    }

    @Test
    void anInterruptedRunIsUndoneAndItsHistoryIsKept() throws Exception {
        Interrupt.assumeHeard();
        startAndAwaitRequests();
        Interrupt.send(process);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(outputSoFar()).contains("everything is undone").contains("changeover report");
        assertThat(run().resolve("report.html"))
                .as("a report that was not asked for")
                .doesNotExist();
        Shell report = Shell.run("report", run());
        assertThat(report.exitCode()).isEqualTo(130);
        assertThat(report.out()).contains("interrupted");
    }

    @Test
    void anInterruptionEndsThisRunAndBeginsNoOther() throws Exception {
        Interrupt.assumeHeard();
        startAndAwaitRequests("no-failover.calm", "no-failover.calm/history.jsonl", "provider-comparison");
        Interrupt.send(process);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(outputSoFar()).contains("(1 of 2) no-failover.calm").doesNotContain("(2 of 2)");
        assertThat(run().resolve("provider-comparison")).isEmptyDirectory();
    }

    private Path run() {
        return folder.resolve("run");
    }

    private void startAndAwaitRequests() throws IOException, InterruptedException {
        startAndAwaitRequests("no-failover.calm", "history.jsonl");
    }

    private void startAndAwaitRequests(String scenario, String history, Object... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jvm.options").toAbsolutePath(),
                "-Dchangeover.library=" + Path.of("library").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        for (Object word : ShortRuns.of(scenario, run(), more)) {
            command.add(word.toString());
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        while (process.isAlive() && requestsWritten(history) < 20) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(process.isAlive()).as(() -> "it runs: " + outputSoFar()).isTrue();
    }

    private long requestsWritten(String file) throws IOException {
        Path history = run().resolve(file);
        if (!Files.exists(history)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(history)) {
            return lines.filter(line -> line.contains("\"changeover-q")).count();
        }
    }

    private String outputSoFar() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
