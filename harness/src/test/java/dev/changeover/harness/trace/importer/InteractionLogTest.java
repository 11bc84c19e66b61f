package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.SharedData;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.Written;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionLogTest {

    private static final String ASKED = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}";

    @TempDir
    Path folder;

    @Test
    void aRequestAndItsAnswer() {
        Path log = Written.text(folder, """
            {"recorded_at":"2026-04-27T19:56:43+00:00","path":"/v1/chat/completions?x=1","status":200,"duration_ms":12.5,\
            "session_id":"s","request":%s,"response_body":"{\\"choices\\":[{\\"message\\":{\\"content\\":\\"Hi.\\"},\
            \\"finish_reason\\":\\"stop\\"}],\\"usage\\":{\\"prompt_tokens\\":3,\\"completion_tokens\\":2}}"}
            {"recorded_at":1777319804.5,"request":%s}
            """.formatted(ASKED, ASKED));
        List<TraceRequest> requests = Written.read(log);
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 1_500_000_000L);
        assertThat(requests.getFirst().conversation()).contains("s");
        RecordedAnswer answer = requests.getFirst().answer().orElseThrow();
        assertThat(answer.outputTokens()).hasValue(2);
        assertThat(answer.doneNanos()).hasValue(12_500_000);
        assertThat(requests.getLast().answer()).isEmpty();
    }

    @Test
    void whatIsNoChatCompletionIsLeftOutAndCounted() {
        Path log = Written.text(folder, """
            {"recorded_at":"2026-04-27T19:56:43Z","path":"/v1/embeddings","request":{"model":"m","input":"a"}}
            {"recorded_at":"2026-04-27T19:56:43Z","request":null}
            {"request":%s}
            {"recorded_at":"2026-04-27T19:56:44Z","request":%s}
            """.formatted(ASKED, ASKED));
        LeftOut leftOut = LeftOut.counting();
        try (TraceReader reader = Traces.open(List.of(log), Optional.empty(), Reading.counting(leftOut))) {
            assertThat(reader.next().model()).contains("m");
            assertThat(reader.hasNext()).isFalse();
        }
        assertThat(leftOut.text())
                .isEqualTo("1 row, no chat completion (" + log + ":1); 1 row, no request body (" + log + ":2); "
                        + "1 row, no time of arrival (" + log + ":3)");
        assertThatThrownBy(() -> Traces.open(log)).hasMessageStartingWith(log + ":1: no chat completion");
    }

    @Test
    void numbersBeyondAllMeasureAreNotKnown() {
        Path log = Written.text(folder, """
            {"recorded_at":1e400,"request":%s}
            {"recorded_at":1%s,"request":%s}
            {"recorded_at":1777319804,"status":200,"duration_ms":1e400,"request":%s}
            """.formatted(ASKED, "0".repeat(400), ASKED, ASKED));
        LeftOut leftOut = LeftOut.counting();
        try (TraceReader reader = Traces.open(List.of(log), Optional.empty(), Reading.counting(leftOut))) {
            assertThat(reader.next().answer().orElseThrow().doneNanos()).isEmpty();
        }
        assertThat(leftOut.text()).isEqualTo("2 rows, no time of arrival (the first: " + log + ":1)");
    }

    @Test
    void aRateTakesThePlaceOfTheTimes() {
        Path log = Written.text(folder, """
            {"recorded_at":"2026-04-27T19:56:43Z","request":%s}
            {"request":%s}
            {"recorded_at":"2020-04-27T19:56:43Z","request":%s}
            """.formatted(ASKED, ASKED, ASKED));
        Reading reading = new Reading(LeftOut.refusing(), OptionalDouble.of(4));
        try (TraceReader reader = Traces.open(List.of(log), Optional.empty(), reading)) {
            assertThat(reader.next().atNanos()).isZero();
            assertThat(reader.next().atNanos()).isEqualTo(250_000_000);
            assertThat(reader.next().atNanos()).isEqualTo(500_000_000);
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void theRecordedInteractionsBecomeATrace() {
        Path log = SharedData.file("recorded_interactions/chat_dev.jsonl.gz");
        Path trace = folder.resolve("trace.jsonl.gz");
        LeftOut leftOut = LeftOut.counting();
        Reading reading = new Reading(leftOut, OptionalDouble.of(5));
        long written;
        try (TraceReader reader = Traces.open(List.of(log), Optional.empty(), reading)) {
            written = TraceWriter.copy(reader, trace, "Converted.");
        }
        List<TraceRequest> requests = Written.read(trace);
        assertThat(requests).hasSize((int) written).hasSizeGreaterThan(2_000);
        assertThat(leftOut.reasons())
                .extracting(LeftOut.Reason::why)
                .containsOnly("no chat completion", "no request body");
        assertThat(requests.stream()
                        .filter(r -> r.answer().isPresent()
                                && r.answer().get().outputTokens().isPresent())
                        .count())
                .isGreaterThan(1_500);
    }
}
