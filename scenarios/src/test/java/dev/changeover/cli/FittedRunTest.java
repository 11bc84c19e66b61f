package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scenario whose old provider is like a measured one, from `check` to the report.
class FittedRunTest {

    private static final String YAML = """
        scenario: like-the-measured-one
        traffic: { trace: trace.jsonl, warm_up: 100ms }
        providers:
          old: { simulate: { profile: { from: probe.csv } } }
          new: { simulate: { profile: instant } }
        gateway: none
        expect: { error_rate: { max: 50% } }
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("s.yaml"), YAML);
        StringBuilder trace = new StringBuilder("{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        StringBuilder probe = new StringBuilder("first_token_latency_ms,total_latency_ms,completion_tokens\n");
        for (int i = 0; i < 40; i++) {
            trace.append("{\"at_ms\":%d,\"model\":\"m\",\"stream\":true,\"input_tokens\":5,\"output_tokens\":5}%n"
                    .formatted(i * 50));
            probe.append("%d,%d,11%n".formatted(150 + i, 250 + i));
        }
        Files.writeString(folder.resolve("trace.jsonl"), trace);
        Files.writeString(folder.resolve("probe.csv"), probe);
    }

    @Test
    void checkTellsHowWellItFits() {
        Shell check = Shell.run("check", folder.resolve("s.yaml"));

        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out())
                .contains("old: fitted to probe.csv (probe-csv, sha256 ")
                .contains("40 calls: 40 served, none failed")
                .contains("warning: providers.old.simulate.profile: 40 served calls are few");
    }

    @Test
    void theReportSaysWhatItWasFittedToAlsoWhenTheMeasurementIsGone() throws IOException {
        Path out = folder.resolve("run");
        Shell run = Shell.run("run", folder.resolve("s.yaml"), "--out", out);
        String first = Files.readString(out.resolve("report.md"));
        Files.delete(folder.resolve("probe.csv"));

        Shell again = Shell.run("report", out);

        assertThat(first).contains("old is fitted to").contains("40 served calls, KS 0.0");
        assertThat(again.exitCode()).as(again.err()).isEqualTo(run.exitCode());
        assertThat(Files.readString(out.resolve("report.md"))).isEqualTo(first);
        assertThat(Files.readString(out.resolve("report.json"))).contains("\"play\" : \"distribution\"");
    }

    @Test
    void aMeasurementThatTellsTooLittleIsRefusedBeforeAnythingIsStarted() throws IOException {
        Files.writeString(folder.resolve("probe.csv"), "first_token_latency_ms,total_latency_ms\n1,2\n");
        Path out = folder.resolve("run");

        Shell run = Shell.run("run", folder.resolve("s.yaml"), "--out", out);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("probe.csv: has 1 served calls with a time to first token, and a fit takes 20")
                .doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }
}
