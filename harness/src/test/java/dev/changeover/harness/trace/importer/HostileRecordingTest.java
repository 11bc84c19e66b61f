package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.Written;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is done to a recording of HTTP, it is read, left out or refused as a [TraceException]; no other error gets
/// out, and none of the prompt's text.
class HostileRecordingTest {

    private static final String PROMPT = "xyzzy";
    private static final String BODY =
            "{\"model\":\"ü\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(PROMPT);

    private record Recording(String format, String text) {
        @Override
        public String toString() {
            return format;
        }
    }

    private static List<Recording> recordings() {
        return List.of(
                new Recording("har", """
                    {"log":{"version":"1.2","entries":[{"startedDateTime":"2026-01-01T10:00:00Z","time":12.5,"request":
                    {"method":"POST","url":"https://h/v1/chat/completions?a=b","postData":{"text":"%1$s"}},"response":
                    {"status":200,"content":{"mimeType":"text/event-stream","encoding":"base64","text":"ZGF0YTo="}}},
                    {"startedDateTime":"2026-01-01T10:00:00Z","request":{"url":"/chat/completions","postData":
                    {"text":"%1$s"}}}]}}
                    """.formatted(BODY.replace("\"", "\\\""))),
                new Recording("vcr", """
                    ---
                    http_interactions:
                    - request:
                        uri: https://h/inference/v1/chat/completions
                        body: {encoding: UTF-8, string: '%1$s'}
                        headers: &headers
                          Content-Type: [application/json]
                      response:
                        status: {code: 200, message: OK}
                        headers: {content-encoding: [gzip]}
                        body: {string: !!binary "H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA=="}
                      recorded_at: Mon, 08 Jun 2026 18:45:44 GMT
                    - request:
                        url: https://h/v1/chat/completions
                        headers: *headers
                        body: |
                          %1$s
                      response: {code: "200", duration: 1.5s, body: "data: \\u00fc\\n"}
                    """.formatted(BODY)),
                new Recording("req_llm", """
                    {"captured_at":"2025-10-07T13:56:15.456583Z","chunks":[{"b64":"ZGF0YTogW0RPTkVdCgo=","decoded":"x"}],
                    "request":{"body":{"b64":"%s"},"canonical_json":{"a":1},"url":"https://h/v1/chat/completions"},
                    "response":{"status":200,"headers":{"content-type":["text/event-stream"]},"body":null}}
                    """.formatted(
                                Base64.getEncoder().encodeToString(BODY.getBytes(StandardCharsets.UTF_8)))));
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("recordings")
    void cutAnywhere(Recording recording) {
        byte[] whole = recording.text().getBytes(StandardCharsets.UTF_8);
        assertThat(refused(recording, whole)).isFalse();
        for (int length = 0; length < whole.length - 1; length += 7) {
            refused(recording, Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void withBytesChanged(Recording recording) {
        SplittableRandom random = new SplittableRandom(11);
        byte[] likely = "0-.\"',:{}[]&*!|>#%@\n \t\\".getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int file = 0; file < 400; file++) {
            byte[] bytes = recording.text().getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                int at = random.nextInt(bytes.length);
                bytes[at] = switch (random.nextInt(3)) {
                    case 0 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
                    case 1 -> likely[random.nextInt(likely.length)];
                    default -> (byte) random.nextInt();
                };
            }
            refused += refused(recording, bytes) ? 1 : 0;
        }
        assertThat(refused).isBetween(80, 390);
    }

    @Test
    void aYamlBombIsRefusedOrLeftOut() {
        StringBuilder bomb = new StringBuilder("a: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(level, level - 1));
        }
        bomb.append("interactions:\n- request: {uri: 'https://h/v1/chat/completions', body: *a29}\n");
        assertThatThrownBy(() -> read("vcr", bomb.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("holds no requests: left out are 1 row, no request body");
    }

    @Test
    void deepNesting() {
        assertThatThrownBy(() -> read("vcr", nested("interactions: [{request: ", "[", 1 << 20)))
                .hasMessageContaining("nests deeper than 64");
        assertThatThrownBy(() -> read("vcr", nested("interactions: []\nmore: ", "[", 1 << 20)))
                .hasMessageContaining("nests deeper than 64");
        assertThatThrownBy(() -> read("har", nested("{\"log\":{\"entries\":[", "[", 1 << 20)))
                .hasMessageContaining("nests too deep");
        assertThatThrownBy(() -> read("har", nested("{\"log\":{\"a\":", "{\"a\":", 1 << 20)))
                .hasMessageContaining("nests too deep");
    }

    @Test
    void aTextWithoutEnd() throws IOException {
        Path yaml = folder.resolve("endless.yaml.gz");
        endless(yaml, "interactions:\n- request: {uri: 'a', body: \"");
        assertThatThrownBy(() -> read("vcr", yaml))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("something in it is longer than 16 MiB");
        Path har = folder.resolve("endless.har.gz");
        endless(har, "{\"log\":{\"entries\":[{\"request\":{\"url\":\"/chat/completions\",\"postData\":{\"text\":\"");
        assertThatThrownBy(() -> read("har", har))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("a text of more than 16 MiB");
    }

    @Test
    void manyValues() {
        assertThatThrownBy(() -> read("har", nested("{\"log\":{\"entries\":[{\"request\":[", "1,", 300_000)))
                .hasMessageContaining("has more than 200,000 values");
        assertThatThrownBy(() -> read("vcr", nested("interactions: [{request: [", "1,", 300_000)))
                .hasMessageContaining("has more than 200,000 values");
        assertThatThrownBy(() -> read("vcr", nested("interactions: [{request: [", "&a 1,", 30)))
                .hasMessageContaining("is not YAML");
    }

    private static byte[] nested(String start, String again, int times) {
        return (start + again.repeat(times)).getBytes(StandardCharsets.UTF_8);
    }

    /// 40 MB of one text, packed.
    private static void endless(Path file, String start) throws IOException {
        byte[] block = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (int written = 0; written < 40; written++) {
                out.write(block);
            }
        }
    }

    private boolean refused(Recording recording, byte[] bytes) {
        try {
            read(recording.format(), bytes);
            return false;
        } catch (TraceException e) {
            assertThat(e.what()).isNotBlank().doesNotContain(PROMPT);
            assertThat(e.remedy()).isNotBlank().doesNotContain(PROMPT);
            return true;
        }
    }

    private void read(String format, byte[] bytes) {
        read(format, Written.bytes(folder, bytes));
    }

    private static void read(String format, Path file) {
        Reading reading = new Reading(LeftOut.counting(), OptionalDouble.of(1));
        try (TraceReader reader = Traces.open(List.of(file), Optional.of(format), reading)) {
            reader.forEachRemaining(_ -> {});
        }
    }
}
