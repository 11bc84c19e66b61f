package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAiBatchTest {

    private static final String ASKED = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}";

    @TempDir
    Path folder;

    private final LeftOut leftOut = LeftOut.counting();
    private Path asked;
    private Path answered;
    private Path failed;

    @BeforeEach
    void batch() throws IOException {
        asked = Files.writeString(folder.resolve("input.jsonl"), """
            {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":%1$s}
            {"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":%1$s}
            {"custom_id":"c","method":"POST","url":"/v1/embeddings","body":{"model":"e","input":"Hi."}}
            {"custom_id":"d","method":"POST","url":"/v1/chat/completions","body":%1$s}
            """.formatted(ASKED));
        answered = Files.writeString(folder.resolve("output.jsonl"), """
            {"id":"1","custom_id":"d","response":{"status_code":200,"request_id":"r","body":{"choices":[{"message":\
            {"content":"Hi."},"finish_reason":"stop"}],"usage":{"completion_tokens":12}}},"error":null}
            {"id":"2","custom_id":"a","response":{"status_code":200,"body":{}},"error":null}
            {"id":"2","custom_id":"a","response":{"status_code":500,"body":{}},"error":null}
            {"id":"3","custom_id":"stranger","response":{"status_code":200,"body":{}},"error":null}
            """);
        failed = Files.writeString(folder.resolve("error.jsonl"), """
            {"id":"4","custom_id":"b","response":{"status_code":429,"body":{"error":{}}},"error":null}
            {"id":"5","custom_id":"c","response":null,"error":{"code":"batch_expired","message":"Too late."}}
            """);
    }

    @Test
    void answersAreJoinedToTheirRequestsByTheirNames() {
        List<TraceRequest> requests = read(answered, asked, failed);
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 500_000_000L, 1_000_000_000L);
        assertThat(requests)
                .extracting(request -> request.answer().orElseThrow().status())
                .containsExactly(200, 429, 200);
        RecordedAnswer last = requests.getLast().answer().orElseThrow();
        assertThat(last.outputTokens()).hasValue(12);
        assertThat(last.finishReason()).contains("stop");
        assertThat(last.doneNanos()).isEmpty();
        assertThat(leftOut.text())
                .isEqualTo("1 row, a second answer to the same custom_id (%s:3); 1 row, no chat completion (%s:3); "
                                .formatted(answered, asked)
                        + "1 row, an answer without its request (%s:4)".formatted(answered));
    }

    @Test
    void requestsAloneHaveNoAnswers() {
        assertThat(read(asked))
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.answer()).isEmpty());
    }

    @Test
    void answersAloneAreNoRecording() {
        assertThatThrownBy(() -> read(answered))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("holds no requests")
                .hasMessageContaining("3 rows, an answer without its request");
    }

    @Test
    void withoutARateNobodyKnowsWhenItsRequestsArrive() {
        assertThatThrownBy(() -> Traces.open(asked))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("does not say when its requests arrived")
                .hasMessageContaining("--rate 2/s");
    }

    private List<TraceRequest> read(Path... files) {
        List<TraceRequest> requests = new ArrayList<>();
        Reading reading = new Reading(leftOut, OptionalDouble.of(2));
        try (TraceReader reader = Traces.open(List.of(files), Optional.empty(), reading)) {
            reader.forEachRemaining(requests::add);
        }
        return requests;
    }
}
