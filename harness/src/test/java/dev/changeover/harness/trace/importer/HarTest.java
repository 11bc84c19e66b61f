package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.Written;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarTest {

    private static final String ASKED =
            "{\\\"model\\\":\\\"m\\\",\\\"messages\\\":[{\\\"role\\\":\\\"user\\\"," + "\\\"content\\\":\\\"Hi.\\\"}]}";
    private static final String NAMELESS = ASKED.replace("\\\"model\\\":\\\"m\\\",", "");

    @TempDir
    private Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @Test
    void aStreamWithItsTimes() {
        List<TraceRequest> requests = read(
                entry("2026-01-01T10:00:00.250Z", "https://h/v1/chat/completions?x=1", """
                    {"mimeType":"application/json","text":"%s"}\
                    """.formatted(ASKED), """
                    {"status":200,"content":{"mimeType":"text/event-stream; charset=utf-8","text":"data: {\\"choices\\":[],\
                    \\"usage\\":{\\"completion_tokens\\":7}}\\n\\n"}}\
                    """),
                entry(
                        "2026-01-01T10:00:00Z",
                        "https://h/api/v1/chat/completions",
                        """
                        {"encoding":"base64","text":"%s"}\
                        """.formatted(base64(ASKED.replace("\\", ""))),
                        "{\"status\":0}"));
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 250_000_000L);
        RecordedAnswer answer = requests.getLast().answer().orElseThrow();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.doneNanos()).hasValue(1_500_250_000);
        assertThat(answer.firstTokenNanos()).as("the first byte is no token").isEmpty();
        assertThat(answer.outputTokens()).hasValue(7);
        assertThat(requests.getFirst().answer()).as("status 0: none came").isEmpty();
    }

    @Test
    void azuresModelStandsInItsPath() {
        String address = "https://r.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21";
        List<TraceRequest> requests = read(
                entry("2026-01-01T10:00:00Z", address, "{\"text\":\"%s\"}".formatted(NAMELESS), "{\"status\":200}"),
                entry("2026-01-01T10:00:00Z", address, "{\"text\":\"%s\"}".formatted(ASKED), "{\"status\":200}"));
        assertThat(requests).extracting(TraceRequest::model).containsExactly(Optional.of("gpt-4o"), Optional.of("m"));
    }

    @Test
    void whatIsNoChatCompletionIsLeftOutWithItsPlace() {
        List<TraceRequest> requests = read(
                entry("2026-01-01T10:00:00Z", "https://h/logo.png", "null", "{\"status\":200}"),
                entry("2026-01-01T10:00:00Z", "https://h/v1/chat/completions", "null", "{\"status\":204}"),
                entry("yesterday", "https://h/v1/chat/completions", text(ASKED), "{\"status\":200}"),
                entry("2026-01-01T10:00:00Z", "https://h/v1/chat/completions", text(NAMELESS), "{\"status\":200}"),
                entry("2026-01-01T10:00:00Z", "https://h/v1/chat/completions", text(ASKED), "{\"status\":200}"),
                "7",
                "{}");
        assertThat(requests).hasSize(1);
        Path file = folder.resolve("trace");
        assertThat(leftOut.text())
                .isEqualTo(("2 rows, no chat completion (the first: %1$s:2); 1 row, no request body (%1$s:3); "
                                + "1 row, no time of arrival (%1$s:4); "
                                + "2 rows, no address that was called (the first: %1$s:7)")
                        .formatted(file));
        assertThatThrownBy(() -> Traces.open(file))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(file + ":2: entry 1: no chat completion");
    }

    @Test
    void aLargePictureIsPassedOver() {
        String picture =
                "{\"status\":200,\"content\":{\"encoding\":\"base64\",\"text\":\"" + "A".repeat(17 << 20) + "\"}}";
        assertThat(read(
                        entry("2026-01-01T10:00:00Z", "https://h/huge.png", "null", picture),
                        entry("2026-01-01T10:00:00Z", "https://h/v1/chat/completions", text(ASKED), "{}")))
                .hasSize(1);
        assertThatThrownBy(() -> read(entry("2026-01-01T10:00:00Z", "https://h/chat/completions", "null", picture)))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("nests too deep, or has a text of more than 16 MiB");
    }

    @Test
    void anArchiveThatBreaksOffOrHoldsNoEntriesIsRefused() {
        assertThatThrownBy(() -> Written.read(Written.text(folder, "{\"log\":{\"entries\":[\n{\"time\":1,")))
                .hasMessageContaining(":2: the JSON breaks off");
        assertThatThrownBy(() -> Written.read(Written.text(folder, "{\"log\":{\"version\":\"1.2\"}}")))
                .hasMessageContaining("holds no list log.entries");
        assertThatThrownBy(() -> Written.read(Written.text(folder, "{\"log\":{\"entries\":[]}}")))
                .hasMessageContaining("holds no requests");
    }

    private List<TraceRequest> read(String... entries) {
        String start = "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"x\"},\"entries\":[\n";
        Path file = Written.text(folder, start + String.join(",\n", entries) + "]},\"more\":{}}");
        List<TraceRequest> requests = new ArrayList<>();
        try (TraceReader reader = Traces.open(List.of(file), Optional.empty(), Reading.counting(leftOut))) {
            reader.forEachRemaining(requests::add);
        }
        return requests;
    }

    private static String entry(String at, String url, String postData, String response) {
        return "{\"startedDateTime\":\"%s\",\"time\":1500.25,\"timings\":{\"wait\":3},\"request\":{\"method\":\"POST\","
                        .formatted(at)
                + "\"url\":\"%s\",\"headers\":[{\"name\":\"a\",\"value\":\"b\"}],\"postData\":%s},\"response\":%s}"
                        .formatted(url, postData.strip(), response.strip());
    }

    private static String text(String escaped) {
        return "{\"text\":\"%s\"}".formatted(escaped);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
