package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.Written;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BurstGptTest {

    @TempDir
    Path folder;

    @Test
    void theFirstPublishedShape() {
        Path trace = Written.text(folder, """
            Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
            5,ChatGPT,472,18,490,Conversation log
            45.5,GPT-4,1087,230,1317,API log
            """);
        List<TraceRequest> requests = Written.read(trace);
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 40_500_000_000L);
        assertThat(requests).extracting(r -> r.model().orElseThrow()).containsExactly("ChatGPT", "GPT-4");
        assertThat(requests).extracting(r -> r.outputTokens().orElseThrow()).containsExactly(18, 230);
    }

    @Test
    void theSecondShapeHasConversationsAndTimes() {
        Path trace = Written.text(folder, """
            Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
            5,c1,2.5,ChatGPT,472,18,490,Conversation log
            6,,,GPT-4,10,0,10,API log
            """);
        List<TraceRequest> requests = Written.read(trace);
        assertThat(requests.getFirst().conversation()).contains("c1");
        assertThat(requests.getFirst().answer().orElseThrow().doneNanos()).isEqualTo(OptionalLong.of(2_500_000_000L));
        assertThat(requests.getLast().conversation()).isEmpty();
        assertThat(requests.getLast().outputTokens()).as("a failure").isEmpty();
    }

    @Test
    void rowsOutOfOrderAreSortedAndBadOnesCounted() {
        Path trace = Written.text(folder, """
            Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
            9,ChatGPT,2,2,4,API log
            NaN,ChatGPT,2,2,4,API log
            7,ChatGPT,1,1,2,API log
            8
            """);
        LeftOut leftOut = LeftOut.counting();
        try (TraceReader reader = Traces.open(List.of(trace), Optional.empty(), Reading.counting(leftOut))) {
            assertThat(reader.next().inputTokens()).hasValue(1);
            assertThat(reader.next().inputTokens()).hasValue(2);
            assertThat(reader.hasNext()).isFalse();
        }
        assertThat(leftOut.text())
                .isEqualTo("2 rows, no times and counts that can be read (the first: " + trace + ":3)");
        assertThatThrownBy(() -> Traces.open(trace))
                .hasMessageContaining(":3: Timestamp must be a number of seconds, at most ten years, got 'NaN'");
    }

    @Test
    @Timeout(20)
    void rowsWithTimesThatCannotBeReadAreCountedBeforeTheFirstIsHandedOut() {
        Path trace = Written.text(folder, """
            Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
            5,c1,2.5,ChatGPT,472,18,490,Conversation log
            6,c1,soon,ChatGPT,472,18,490,Conversation log
            1e-999999999,c1,1,ChatGPT,472,18,490,Conversation log
            """);
        LeftOut leftOut = LeftOut.counting();
        try (TraceReader reader = Traces.open(List.of(trace), Optional.empty(), Reading.counting(leftOut))) {
            assertThat(leftOut.text())
                    .startsWith("2 rows, no times and counts that can be read (the first: " + trace + ":3)");
            assertThat(reader.next().answer()).isPresent();
            assertThat(reader.hasNext()).isFalse();
        }
    }
}
