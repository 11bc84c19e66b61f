package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir
    Path folder;

    @Test
    void helpNamesEveryCommandAndExitCode() {
        Shell help = Shell.run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains(
                        "run",
                        "check",
                        "report",
                        "trace",
                        "import",
                        "record",
                        "scenarios",
                        "faults",
                        "schema",
                        "toxiproxy");
        assertThat(help.out()).contains("NO_GO").contains("130");
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(Shell.run("--version").out()).matches("changeover \\d+\\.\\d+\\.\\d+\\R");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fly", "--nonsense", "run", "run a b"})
    void badArgumentsExitWithTwo(String line) {
        assertThat(Shell.run((Object[]) line.split(" ")).exitCode()).isEqualTo(2);
    }

    @Test
    void anUnknownScenarioIsToldWithTheLibrary() {
        Shell run = Shell.run("run", "no-such-thing");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("no-such-thing")
                .contains("provider-comparison")
                .doesNotContain("\tat ");
    }

    @Test
    void aMisspeltScenarioIsToldWithWhatWasMeant() {
        assertThat(Shell.run("run", "no-failver").err()).contains("did you mean 'no-failover'?");
    }

    @Test
    void aPatternThatMatchesNothingIsToldWithTheLibrary() {
        Shell run = Shell.run("run", "no-such-*");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no-such-*: matches no scenario").contains("provider-comparison");
    }

    @Test
    void aPatternMatchesNamesOfTheLibrary() {
        Shell check = Shell.run("check", "no-failover.c?lm", "provider-comparison*", "no-failover.*");
        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out().lines().filter(line -> line.contains(" a second")))
                .map(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("no-failover.calm", "provider-comparison", "provider-comparison.swapped");
    }

    @Test
    void nothingIsRunWhenOneOfSeveralCannotBe() {
        Path out = folder.resolve("runs");
        Shell run = Shell.run("run", "no-failover.calm", "no-such-thing", "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void severalRunsHaveNoPlaceForOneJunit() {
        Path out = folder.resolve("runs");
        Shell run = Shell.run("run", "no-failover*", "--out", out, "--junit", folder.resolve("junit.xml"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("takes one scenario, got 2").contains("junit.xml");
        assertThat(out).doesNotExist();
    }

    @Test
    void aScenarioWithMistakesIsToldWithPlacesAndNotRun() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "scenario: x\ntraffik: {}\n");
        Shell run = Shell.run("run", file);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("bad.yaml:2:1").contains("did you mean 'traffic'");
    }

    @Test
    void debugShowsTheStackTrace() {
        assertThat(Shell.run("report", folder, "--debug").err()).contains("\tat ");
        assertThat(Shell.run("report", folder).err()).doesNotContain("\tat ");
    }

    @Test
    void theLibraryIsListedWithASentenceEach() {
        Shell scenarios = Shell.run("scenarios");
        assertThat(scenarios.exitCode()).as(scenarios.err()).isZero();
        assertThat(scenarios.out().lines())
                .hasSizeGreaterThanOrEqualTo(7)
                .allMatch(line -> line.matches("\\S+ {2,}\\S.*\\."));
    }

    @Test
    void aFaultIsExplained() {
        assertThat(Shell.run("faults").out()).contains("region-outage").contains("brownout-empty");
        assertThat(Shell.run("faults", "brownout-latency").out())
                .contains("latency")
                .contains("In a scenario");
        Shell unknown = Shell.run("faults", "brownout-latancy");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("brownout-latancy").contains("did you mean 'brownout-latency'?");
    }

    @Test
    void thePageOfFaultsIsWhatTheCatalogSays() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/faults.md"))) {
            folder = folder.getParent();
        }
        assertThat(folder.resolve("docs/faults.md"))
                .as("make it anew: changeover faults --markdown > docs/faults.md")
                .hasContent(Shell.run("faults", "--markdown").out());
    }

    @Test
    void checkSendsNothingAndSaysWhatItWouldTake() {
        Shell check = Shell.run("check", "provider-comparison");
        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).contains("requests").contains("expected spend").contains("latency_p99");
    }

    @Test
    void pricesInTwoCurrenciesAreNotAdded() {
        Shell check = Shell.run("check", "region-outage-failover", "--set", "providers.new.price.currency=CNY");
        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out()).containsPattern("expected spend: .* CNY").containsPattern("expected spend: .* USD");
    }

    @Test
    void anOutputOfImportIsATraceAgain() throws Exception {
        Path csv = Files.writeString(folder.resolve("azure.csv"), """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.6805900,374,44
            2023-11-16 18:15:50.9951690,396,109
            """);
        Path trace = folder.resolve("trace.jsonl.gz");
        assertThat(Shell.run("import", csv, "--out", trace).exitCode()).isZero();
        assertThat(Shell.run("trace", trace).out()).contains("2").contains("4.3");
    }

    @Test
    void aRateIsRefusedWhereItCannotBeKept() throws Exception {
        Path csv = Files.writeString(
                folder.resolve("azure.csv"), "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,374,44\n");
        Path trace = folder.resolve("trace.jsonl");
        Shell tooFast = Shell.run("import", csv, "--out", trace, "--rate", "2000000/s");
        assertThat(tooFast.exitCode()).isEqualTo(2);
        assertThat(tooFast.err()).contains("--rate 2000000/s: is no rate");
        assertThat(Shell.run("import", csv, "--out", trace, "--rate", "2/s").exitCode())
                .isZero();
        Shell again = Shell.run("import", trace, "--out", folder.resolve("again.jsonl"), "--rate", "2/s");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("trace.jsonl: is a trace already, and keeps its times");
    }

    @Test
    void whereRowsLackATimeOfArrivalARateIsNamedOnce() throws Exception {
        String row = "{%s\"request\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}}\n";
        String timed = row.formatted("\"recorded_at\":\"2026-04-27T19:56:43Z\",");
        Path log = Files.writeString(folder.resolve("log.jsonl"), timed + row.formatted("") + row.formatted(""));
        Path trace = folder.resolve("trace.jsonl");
        for (Shell told : List.of(Shell.run("import", log, "--out", trace), Shell.run("trace", log))) {
            assertThat(told.exitCode()).isZero();
            assertThat(told.out())
                    .containsOnlyOnce("to give every row a time")
                    .endsWith("left out: 2 rows, no time of arrival (the first: %s:2)%n".formatted(log)
                            + "    to give every row a time of arrival, import with --rate, as in --rate 2/s%n"
                                    .formatted());
        }
        assertThat(Shell.run("import", log, "--out", trace, "--rate", "2/s").out())
                .isEqualTo("3 requests written to %s%n".formatted(trace));
    }

    @Test
    void aBrokenTraceIsToldWithItsLine() throws Exception {
        Path csv = Files.writeString(
                folder.resolve("azure.csv"), "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,NaN,44\n");
        Shell trace = Shell.run("trace", csv);
        assertThat(trace.exitCode()).isEqualTo(2);
        assertThat(trace.err()).contains("azure.csv: holds no requests").contains("azure.csv:2)");
        Shell strict = Shell.run("import", csv, "--out", folder.resolve("trace.jsonl"), "--strict");
        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err()).contains("azure.csv:2").contains("NaN");
    }

    @Test
    void importNeverOverwritesTheRecording() throws Exception {
        String rows = "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,374,44\n";
        Path csv = Files.writeString(folder.resolve("azure.csv"), rows);
        Shell over = Shell.run("import", csv, "--out", csv);
        assertThat(over.exitCode()).isEqualTo(2);
        assertThat(over.err()).contains("azure.csv").contains("recording itself");
        assertThat(csv).hasContent(rows);
    }

    @Test
    void aPlaceForJunitThatIsNotThereIsToldBeforeTheRun() {
        Path out = folder.resolve("run");
        Shell run = Shell.run("run", "no-failover.calm", "--out", out, "--junit", folder.resolve("no/such/junit.xml"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--junit").contains("cannot be written");
        assertThat(out).doesNotExist();
    }
}
