package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.stubs.Stubs;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run against a provider that is none of ours: WireMock, with stubs that answer and fail in all ways that it has.
@Timeout(120)
class StubbedRunTest {

    private static final String YAML = """
        scenario: stubbed
        traffic: { trace: trace.jsonl, warm_up: 0s }
        providers:
          old: { wiremock: stubs }
          new: { wiremock: stubs/mappings }
        gateway: none
        expect: { error_rate: { max: 1% } }
        """;

    /// Those that end a connection come last: none may be reused behind one that was.
    private static final List<String> MODELS =
            List.of("plain", "stream", "cut", "limited", "nowhere", "reset", "empty", "garbage", "chunk");

    @TempDir
    private Path folder;

    @Test
    void everyWayInWhichAStubAnswersIsToldAsWhatItIs() throws Exception {
        Path stubs = folder.resolve("stubs");
        Stubs.write(
                stubs,
                "plain",
                "{\"status\":200,\"headers\":{\"Content-Type\":\"application/json\"},"
                        + "\"bodyFileName\":\"answer.json\"}");
        Stubs.write(stubs.resolve("__files/answer.json"), Stubs.SERVED);
        Stubs.write(stubs, "stream", streaming("data: [DONE]\\n\\n"));
        Stubs.write(stubs, "cut", streaming(""));
        Stubs.write(stubs, "limited", "{\"status\":429,\"jsonBody\":{\"error\":{\"message\":\"Rate limit reached\"}}}");
        Stubs.write(stubs, "reset", "{\"fault\":\"CONNECTION_RESET_BY_PEER\"}");
        Stubs.write(stubs, "empty", "{\"fault\":\"EMPTY_RESPONSE\"}");
        Stubs.write(stubs, "garbage", "{\"fault\":\"RANDOM_DATA_THEN_CLOSE\"}");
        Stubs.write(stubs, "chunk", "{\"fault\":\"MALFORMED_RESPONSE_CHUNK\"}");
        History history = run();

        assertThat(history.started().evidence()).containsExactly(entry("new", "stubbed"), entry("old", "stubbed"));
        for (Arm arm : Arm.values()) {
            assertThat(outcomes(history, arm))
                    .as(arm.word())
                    .containsExactly(
                            entry("plain", "served"),
                            entry("stream", "served"),
                            entry("cut", "truncated_stream"),
                            entry("limited", "rate_limited"),
                            entry("nowhere", "not_found"),
                            entry("reset", "connection_reset"),
                            entry("empty", "connection_reset"),
                            entry("garbage", "connection_reset"),
                            entry("chunk", "truncated_stream"));
        }
        assertThat(history.ledger())
                .filteredOn(call -> call.modelAsked().equals("plain"))
                .allMatch(call -> call.usage().output().equals(OptionalLong.of(2)));
    }

    private History run() throws Exception {
        StringBuilder trace = new StringBuilder("{\"changeover_trace\":1}\n");
        for (int i = 0; i < MODELS.size(); i++) {
            trace.append(
                    "{\"at_ms\":%d,\"request\":{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\"}]}}%n"
                            .formatted(
                                    i * 100,
                                    MODELS.get(i),
                                    MODELS.get(i).equals("stream")
                                            || MODELS.get(i).equals("cut")));
        }
        Files.writeString(folder.resolve("trace.jsonl"), trace);
        ScenarioParser.Parsed parsed = ScenarioParser.parse(YAML, "stubbed.yaml", folder, List.of());
        Path file = folder.resolve("history.jsonl");
        new Rehearsal(parsed, Plan.of(parsed.scenario()), _ -> Optional.empty(), file, _ -> {}).run();
        return HistoryReader.read(file);
    }

    private static Map<String, String> outcomes(History history, Arm arm) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        history.requests().stream()
                .filter(request -> request.arm().equals(Optional.of(arm)))
                .sorted((a, b) -> Long.compare(a.id().number(), b.id().number()))
                .forEach(request -> outcomes.put(
                        MODELS.get((int) request.id().number()),
                        switch (request.outcome()) {
                            case Outcome.Failed(var kind) -> kind.word();
                            case Outcome.Served _ -> "served";
                            case Outcome.Cancelled _ -> "cancelled";
                        }));
        return outcomes;
    }

    private static String streaming(String end) {
        String chunk = "data: {\\\"choices\\\":[{\\\"index\\\":0,\\\"delta\\\":{\\\"content\\\":\\\"Hi.\\\"}}]}\\n\\n";
        return "{\"status\":200,\"headers\":{\"Content-Type\":\"text/event-stream\"},\"body\":\"%s\","
                        .formatted(chunk.repeat(5) + end)
                + "\"chunkedDribbleDelay\":{\"numberOfChunks\":5,\"totalDuration\":200}}";
    }
}
