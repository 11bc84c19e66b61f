package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireMockImporterTest {

    private static final String ASKED = "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\"}]}";

    @TempDir
    private Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @Test
    void stubsOfAFolderBecomeRequestsAtAGivenRate() throws IOException {
        Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(folder.resolve("mappings/a.json"), """
            {"request":{"method":"POST","urlPath":"/v1/chat/completions","bodyPatterns":[{"matches":".*"},
            {"equalToJson":%s,"ignoreExtraElements":true}]},"response":{"status":200,"jsonBody":
            {"choices":[],"usage":{"completion_tokens":9}}}}
            """.formatted(ASKED));
        Files.writeString(folder.resolve("mappings/b.json"), """
            {"mappings":[
            {"request":{"urlPattern":"/openai/v1/chat/completions","bodyPatterns":[{"equalToJson":"%s"}]},
            "response":{"fault":"EMPTY_RESPONSE"}},
            {"request":{"url":"/v1/embeddings","bodyPatterns":[{"equalToJson":"{}"}]}},
            {"request":{"urlPath":"/v1/chat/completions","bodyPatterns":[{"contains":"x"}]}},
            {"request":{"bodyPatterns":[{"equalToJson":{"model":"${json-unit.any-string}"}}]}}]}
            """.formatted(ASKED.replace("\"", "\\\"")));
        List<TraceRequest> requests = read(folder, OptionalDouble.of(2));
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 500_000_000L);
        assertThat(requests).extracting(TraceRequest::stream).containsOnly(Optional.of(true));
        assertThat(requests.getFirst().answer().orElseThrow().outputTokens()).hasValue(9);
        assertThat(requests.getLast().answer()).isEmpty();
        Path second = folder.resolve("mappings/b.json");
        assertThat(leftOut.text())
                .isEqualTo("1 row, no chat completion (%1$s:4); 1 row, no body to send: no equalToJson (%1$s:5); "
                                .formatted(second)
                        + "1 row, a body with placeholders (%s:6)".formatted(second));
    }

    @Test
    void stubsHaveNoTimes() {
        Path file = Written.text(folder, """
            {"request":{"bodyPatterns":[{"equalToJson":%s}]},"response":{"status":200}}\
            """.formatted(ASKED));
        assertThatThrownBy(() -> read(file, OptionalDouble.empty()))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("holds no requests: left out are 1 row, no time of arrival")
                .hasMessageContaining("to give every row a time of arrival, import with --rate");
    }

    private List<TraceRequest> read(Path recording, OptionalDouble rate) {
        List<TraceRequest> requests = new ArrayList<>();
        try (TraceReader reader = Traces.open(List.of(recording), Optional.empty(), new Reading(leftOut, rate))) {
            reader.forEachRemaining(requests::add);
        }
        return requests;
    }
}
