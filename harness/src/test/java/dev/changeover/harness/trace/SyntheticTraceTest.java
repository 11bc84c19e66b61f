package dev.changeover.harness.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.SyntheticTrace.Lengths;
import dev.changeover.harness.trace.SyntheticTrace.Parameters;
import dev.changeover.harness.trace.importer.Traces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticTraceTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anHourOfChatHasTheShapeOfThePublicTrace(long seed) {
        TraceSummary summary = summary(Parameters.chat(20_000, Duration.ofHours(1), seed));
        assertThat(summary.requests()).isEqualTo(20_000);
        assertThat(summary.meanRate().orElseThrow()).isCloseTo(5.55, Percentage.withPercentage(2));
        assertThat(summary.gapVariation().orElseThrow()).isBetween(1.02, 1.25);
        TraceSummary.TokenQuantiles input = summary.inputTokens().orElseThrow();
        assertThat(input.p50()).isCloseTo(1_000, Percentage.withPercentage(5));
        assertThat(input.p95()).isCloseTo(4_000, Percentage.withPercentage(6));
        assertThat(input.p99()).isEqualTo(4_200);
        TraceSummary.TokenQuantiles output = summary.outputTokens().orElseThrow();
        assertThat(output.p50()).isCloseTo(130, Percentage.withPercentage(5));
        assertThat(output.p95()).isCloseTo(450, Percentage.withPercentage(6));
        assertThat(output.max()).isEqualTo(600);
        assertThat(summary.meanConversation().orElseThrow()).isCloseTo(3, Offset.offset(0.3));
        assertThat((double) summary.streamed() / summary.streamKnown()).isCloseTo(0.6, Offset.offset(0.03));
    }

    @Test
    void burstsAreAsStrongAsAskedFor() {
        Parameters parameters =
                Parameters.chat(50_000, Duration.ofMinutes(20), 5).withGapVariation(2);
        assertThat(summary(parameters).gapVariation().orElseThrow()).isBetween(1.6, 2.4);
    }

    @Test
    void aShortBusyTraceIsAsBusyAtItsStartAsAtItsEnd() {
        List<TraceRequest> requests =
                read(Parameters.smallChat(4_000, Duration.ofSeconds(50), 6).withGapVariation(1));
        long early =
                requests.stream().filter(r -> r.atNanos() < 25_000_000_000L).count();
        assertThat(requests).hasSize(4_000);
        assertThat(early).isBetween(1_800L, 2_200L);
        assertThat(requests.getLast().atNanos()).isLessThan(50_000_000_000L);
    }

    @Test
    void aConversationKeepsItsModelAndItsContextGrows() {
        Map<String, TraceRequest> last = new HashMap<>();
        int followed = 0;
        for (TraceRequest request :
                read(Parameters.chat(2_000, Duration.ofMinutes(10), 7).withModels(List.of("large", "small")))) {
            TraceRequest before = last.put(request.conversation().orElseThrow(), request);
            if (before != null) {
                followed++;
                assertThat(request.model()).isEqualTo(before.model());
                assertThat(request.stream()).isEqualTo(before.stream());
                assertThat(request.inputTokens().getAsInt())
                        .isGreaterThanOrEqualTo(before.inputTokens().getAsInt());
            }
        }
        assertThat(followed).isGreaterThan(500);
    }

    @Test
    void theSecondModelIsAskedForHalfAsOftenAsTheFirst() {
        TraceSummary summary =
                summary(Parameters.chat(20_000, Duration.ofHours(1), 8).withModels(List.of("large", "small")));
        double ratio = (double) summary.models().get("large") / summary.models().get("small");
        assertThat(ratio).isCloseTo(2, Offset.offset(0.3));
    }

    @Test
    void theSameParametersGiveTheSameFile() {
        Path first = folder.resolve("first.jsonl.gz");
        Path second = folder.resolve("second.jsonl.gz");
        SyntheticTrace.write(Parameters.smallChat(500, Duration.ofSeconds(30), 9), first);
        SyntheticTrace.write(Parameters.smallChat(500, Duration.ofSeconds(30), 9), second);
        assertThat(first).hasSameBinaryContentAs(second);
        SyntheticTrace.write(Parameters.smallChat(500, Duration.ofSeconds(30), 10), second);
        assertThat(Traces.digest(first)).isNotEqualTo(Traces.digest(second));
    }

    @Test
    void oneRequestIsATraceToo() {
        assertThat(read(Parameters.chat(1, Duration.ofSeconds(1), 11))).hasSize(1);
    }

    @Test
    void impossibleShapesAreRefusedQuotingTheValue() {
        assertThatThrownBy(() -> Parameters.chat(0, Duration.ofHours(1), 1)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> Parameters.chat(1, Duration.ZERO, 1)).hasMessageContaining("got PT0S");
        assertThatThrownBy(() -> Parameters.chat(1, Duration.ofHours(1), 1).withGapVariation(Double.NaN))
                .hasMessageContaining("got NaN");
        assertThatThrownBy(() -> new Lengths(10, 5, 20)).hasMessageContaining("got 10, 5, 20");
    }

    private TraceSummary summary(Parameters parameters) {
        return TraceSummary.of(read(parameters).iterator());
    }

    private List<TraceRequest> read(Parameters parameters) {
        Path file = folder.resolve("synthetic.jsonl");
        SyntheticTrace.write(parameters, file);
        return Written.read(file);
    }
}
