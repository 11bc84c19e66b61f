package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VcrTest {

    private static final String ASKED = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}";
    private static final String ANSWER = "{\"choices\":[],\"usage\":{\"completion_tokens\":5}}";

    @TempDir
    private Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @Test
    void vcrOfRuby() {
        List<TraceRequest> requests = read(
                """
                ---
                http_interactions:
                - request:
                    uri: https://h/inference/v1/chat/completions
                    body:
                      encoding: ASCII-8BIT
                      base64_string: |
                        %s
                    headers: {Content-Type: [application/json]}
                  response:
                    status: {code: 200, message: OK}
                    headers: {Content-Encoding: gzip, Content-Type: [application/json]}
                    body:
                      string: !binary |-
                        %s
                  recorded_at: Mon, 08 Jun 2026 18:45:44 GMT
                - request:
                    uri: https://h/chat/completions
                    body: &body
                      string: &text '%s'
                  response: {status: {code: 429}}
                  recorded_at: Mon, 08 Jun 2026 18:45:46 GMT
                - request: {uri: https://h/chat/completions, body: {string: *text}}
                  recorded_at: Mon, 08 Jun 2026 18:45:47 GMT
                - request: {uri: https://h/chat/completions, body: *body}
                recorded_with: VCR 6.3.1
                """.formatted(base64(ASKED.getBytes(StandardCharsets.UTF_8)), base64(Written.gzip(ANSWER)), ASKED),
                Reading.counting(leftOut));
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 2_000_000_000L, 3_000_000_000L);
        assertThat(requests.getFirst().answer().orElseThrow().outputTokens()).hasValue(5);
        assertThat(requests.get(1).answer().orElseThrow().status()).isEqualTo(429);
        assertThat(requests.get(2).body().orElseThrow())
                .isEqualTo(requests.get(1).body().orElseThrow());
        assertThat(leftOut.text()).isEqualTo("1 row, no request body (" + folder.resolve("trace") + ":25)");
    }

    @Test
    void goVcrKeepsHowLongItTook() {
        String cassette = """
            version: 2
            interactions:
                - id: 0
                  request:
                    url: https://h/v1/chat/completions
                    body: |
                        %s
                  response:
                    body: |+
                        data: {"choices":[],"usage":{"completion_tokens":5}}

                    headers: {Content-Type: [text/event-stream]}
                    status: 200 OK
                    code: 200
                    duration: 1m1.5s
            """.formatted(ASKED);
        List<TraceRequest> requests = read(cassette, new Reading(leftOut, OptionalDouble.of(1)));
        assertThat(requests.getFirst().answer().orElseThrow().doneNanos()).hasValue(61_500_000_000L);
        assertThat(requests.getFirst().answer().orElseThrow().outputTokens()).hasValue(5);
        assertThatThrownBy(() -> read(cassette, Reading.whole()))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(":3: entry 1: no time of arrival; import with --rate");
    }

    @Test
    void aBodyPackedBeyondAllMeasureIsLeftOut() {
        String bomb = base64(Written.gzip(" ".repeat(17 << 20)));
        assertThatThrownBy(() -> read("""
            interactions:
            - request:
                uri: https://h/v1/chat/completions
                headers: {content-encoding: [gzip]}
                body: !!binary %s
            """.formatted(bomb), Reading.whole()))
                .hasMessageContaining("a packed body of more than 16 MiB");
        assertThatThrownBy(() -> read("""
            interactions:
            - request:
                uri: https://h/v1/chat/completions
                headers: {content-encoding: [br]}
                body: !!binary AAAA
            """, Reading.whole()))
                .hasMessageContaining("a body packed in a way that is not read");
    }

    @Test
    void aCassetteThatIsNoYamlNamesTheLine() {
        assertThatThrownBy(() -> read("interactions:\n- request: {uri: 'secret\n", Reading.whole()))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(":3: is not YAML")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> read("interactions:\n---\na: b\n", Reading.whole()))
                .hasMessageContaining("holds no list http_interactions or interactions");
        assertThatThrownBy(() -> read("interactions:\n- {}\n---\na: b\n", Reading.counting(leftOut)))
                .hasMessageContaining("has a second document in it");
    }

    private List<TraceRequest> read(String yaml, Reading reading) {
        List<TraceRequest> requests = new ArrayList<>();
        Path file = Written.text(folder, yaml);
        try (TraceReader reader = Traces.open(List.of(file), Optional.empty(), reading)) {
            reader.forEachRemaining(requests::add);
        }
        return requests;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
