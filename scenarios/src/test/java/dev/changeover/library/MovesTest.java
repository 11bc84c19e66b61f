package dev.changeover.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs the five moves by the launcher, as anybody would, and holds each to what `docs/moves.md` tells: its verdict,
/// the
/// gates that break, the claims that do not hold. Ten runs of under a minute for each seed, on an otherwise quiet
/// machine; one that is too busy to measure skips. The launcher must have built before: `.ci/run` shows how.
@EnabledIfSystemProperty(
        named = "changeover.moves",
        matches = "[0-9,]+",
        disabledReason = "takes minutes: name the seeds, -Dchangeover.moves=1,2,3")
class MovesTest {

    private static final int INCONCLUSIVE = 3;

    private static final List<Move> MOVES = List.of(
            new Move(
                    "edge-chat.faithful",
                    List.of("recovery_time.max", "error_rate_fault.max", "misanswered.max", "false_green.max"),
                    List.of("85 % less, for the same model at the list's prices", "multi-region failover")),
            new Move("edge-chat.good", List.of(), List.of()),
            new Move(
                    "single-provider-collapse.faithful",
                    List.of("in_flight.max", "recovery_time.max", "error_rate_fault.max", "false_green.max"),
                    List.of("10 million tokens a month of DeepSeek cost about 4,200 USD", "cost 15 % of before")),
            new Move("single-provider-collapse.good", List.of(), List.of()),
            new Move(
                    "region-outage-failover.faithful",
                    List.of("recovery_time.max", "error_rate_fault.max", "hops.max"),
                    List.of(
                            "680 USD a month pay for 36 million requests",
                            "uptime 99.97 % in a month with a 4-hour outage",
                            "100,000 tokens a minute are enough")),
            new Move("region-outage-failover.good", List.of(), List.of()),
            new Move(
                    "relay-cutover.faithful",
                    List.of("rollback_time.max", "misanswered.max"),
                    List.of("paid back on the first day", "85.5 % less for the same model", "5 USD of credit")),
            new Move("relay-cutover.good", List.of(), List.of()),
            new Move(
                    "inference-cutover.faithful",
                    List.of("rollback_time.max", "alert_delay.max", "false_green.max", "latency_p95.max"),
                    List.of("30 million tokens cost 2,400 USD before", "30 million tokens cost 360 USD now")),
            new Move("inference-cutover.good", List.of(), List.of()));

    /// @param breaks ids of the gates that must fail: none for a GO
    /// @param refuted how the claims begin that must be refuted
    private record Move(String scenario, List<String> breaks, List<String> refuted) {
        @Override
        public String toString() {
            return scenario;
        }
    }

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("runs")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void endsAsToldForTheReasonsTold(Move move, String seed) throws IOException, InterruptedException {
        Path out = folder.resolve("run");
        int exit = run(move.scenario(), "--seed", seed, "--out", out.toString(), "--quiet");
        JsonNode report = JsonMapper.shared().readTree(Files.readString(out.resolve("report.json")));
        if (exit == INCONCLUSIVE) {
            abort("the machine was too busy to measure: "
                    + report.path("reasons").path(0).asString());
        }

        boolean go = move.breaks().isEmpty();
        assertThat(report.path("verdict").asString()).isEqualTo(go ? "GO" : "NO_GO");
        assertThat(exit).isEqualTo(go ? 0 : 1);
        assertThat(texts(report.path("gates"), "decision", "FAIL", "id")).containsAll(move.breaks());
        assertThat(move.refuted())
                .allSatisfy(claim -> assertThat(texts(report.path("claims"), "status", "REFUTED", "says"))
                        .anyMatch(says -> says.startsWith(claim)));
        if (move.breaks().contains("rollback_time.max")) {
            JsonNode script = report.path("rollout").path("rollback").path("script");
            assertThat(script.path("said").asString()).isEqualTo("succeeded");
            assertThat(script.path("was_true").asBoolean(true)).isFalse();
        }
    }

    private static Stream<Arguments> runs() {
        List<Arguments> runs = new ArrayList<>();
        for (String seed : System.getProperty("changeover.moves", "").split(",")) {
            MOVES.forEach(move -> runs.add(Arguments.of(move, seed)));
        }
        return runs.stream();
    }

    private static Set<String> texts(JsonNode rows, String key, String wanted, String wantedText) {
        Set<String> texts = new TreeSet<>();
        for (JsonNode row : rows) {
            if (row.path(key).asString().equals(wanted)) {
                texts.add(row.path(wantedText).asString());
            }
        }
        return texts;
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "../changeover", "run"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed.txt").toFile())
                .start()
                .waitFor();
    }
}
