package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.ScenarioParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnswerLengthsRunTest {

    private static final String YAML = """
        scenario: lengths
        traffic: { trace: trace.jsonl, warm_up: 0s }
        providers: { old: { simulate: { profile: instant }, models: { m: other } } }
        gateway: { reference: { route: [old] } }
        expect: { lost: { max: 0 } }
        """;

    private static final String TRACE =
            """
            {"changeover_trace":1}
            {"at_ms":0,"request":%1$s,"answer":{"status":200,"output_tokens":3}}
            {"at_ms":1,"request":%2$s,"output_tokens":7}
            {"at_ms":2,"request":%3$s}
            {"at_ms":3,"request":%4$s,"output_tokens":90}
            """.formatted(asking("a", 4_000), asking("b", 4_000), asking("c", 40), asking("d", 20));

    @TempDir
    private Path folder;

    @Test
    void asLongAsRecordedAndNoLongerThanAllowed() throws Exception {
        Files.writeString(folder.resolve("trace.jsonl"), TRACE);
        ScenarioParser.Parsed parsed = ScenarioParser.parse(YAML, "lengths.yaml", folder, List.of());
        Path file = folder.resolve("history.jsonl");
        new Rehearsal(parsed, Plan.of(parsed.scenario()), _ -> Optional.empty(), file, _ -> {}).run();

        List<Event.Request> requests = HistoryReader.read(file).requests().stream()
                .sorted((a, b) -> Long.compare(a.id().number(), b.id().number()))
                .toList();
        assertThat(requests)
                .extracting(request -> request.usage().output().orElse(0))
                .containsExactly(3L, 7L, 40L, 20L);
    }

    private static String asking(String text, int mostTokens) {
        return "{\"model\":\"m\",\"stream\":%s,\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(text.equals("b"), mostTokens, text)
                .replace("true", "true,\"stream_options\":{\"include_usage\":true}");
    }
}
