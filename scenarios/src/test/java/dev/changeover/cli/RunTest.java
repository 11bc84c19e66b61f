package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs, everything real and embedded, cut down to ten seconds.
class RunTest {

    @TempDir
    Path folder;

    private Path out() {
        return folder.resolve("run");
    }

    @Test
    void aGatewayWithOneProviderDoesNotSurviveItsOutage() {
        Shell run =
                Shell.run(ShortRuns.of("no-failover", out(), "--set", "faults.0.at=30s", "--set", "faults.0.for=50s"));
        assertThat(run.out()).contains("NO_GO");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aReportMadeAgainHasTheSameBytes() throws IOException {
        Shell run = Shell.run(ShortRuns.of("provider-comparison", out()));
        Map<String, String> first = reports();
        assertThat(first)
                .containsKeys(
                        "report.html",
                        "report.json",
                        "report.md",
                        "junit.xml",
                        "requests.csv",
                        "scenario.yaml",
                        "history.jsonl");
        Shell again = Shell.run("report", out());
        assertThat(again.exitCode()).isEqualTo(run.exitCode());
        assertThat(reports()).isEqualTo(first);
    }

    @Test
    void theSameScenarioWithAnEmptyBudgetIsRefused() {
        Shell run = Shell.run(ShortRuns.of("provider-comparison", out(), "--set", "budget.max_spend=0.0001 USD"));
        assertThat(run.err()).contains("the run would cost").contains("budget.max_spend");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void anOutputFolderWithSomethingInItIsLeftAlone() throws IOException {
        Files.createDirectories(out());
        Files.writeString(out().resolve("mine.txt"), "mine");
        Shell run = Shell.run(ShortRuns.of("provider-comparison", out()));
        assertThat(run.err()).contains("is not empty");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(reports()).containsOnlyKeys("mine.txt");
    }

    @Test
    void anOutputFolderThatCannotBeMadeIsTold() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Shell run = Shell.run(ShortRuns.of("provider-comparison", file.resolve("run")));
        assertThat(run.err()).contains("cannot be made");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void severalAreRunOneAfterTheOtherAndToldInOneTable() {
        Shell run = Shell.run(
                "run",
                "provider-comparison*",
                "--out",
                out(),
                "--quiet",
                "--set",
                "traffic.window.length=60s",
                "--set",
                "traffic.warm_up=1s",
                "--set",
                "traffic.speed=20x");

        assertThat(run.exitCode()).as(run.out() + run.err()).isIn(0, 1, 3);
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(5).allMatch(line -> line.length() <= 100);
        assertThat(lines.get(0)).matches("scenario +verdict +RTO +lost +rollback +exit");
        assertThat(lines.get(1)).startsWith("provider-comparison ");
        assertThat(lines.get(3)).startsWith("provider-comparison.swapped ");
        assertThat(out().resolve("provider-comparison/report.html")).exists();
        assertThat(out().resolve("provider-comparison.swapped/report.html")).exists();
    }

    private Map<String, String> reports() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(out())) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
