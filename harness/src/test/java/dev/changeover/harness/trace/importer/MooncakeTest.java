package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.PromptBlocks;
import dev.changeover.harness.trace.SharedData;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceSummary;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.Written;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MooncakeTest {

    private static final String SYNTHETIC = "mooncake/synthetic_trace.jsonl";

    @TempDir
    Path folder;

    @Test
    void blocksAreKept() {
        Path trace = Written.text(folder, """
            {"timestamp": 27, "input_length": 513, "output_length": 6, "hash_ids": [0, 7]}
            {"timestamp": 30, "input_length": 10, "output_length": 0, "hash_ids": [9]}
            """);
        List<TraceRequest> requests = Written.read(trace);
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 3_000_000L);
        assertThat(requests.getFirst().blocks()).contains(new PromptBlocks(512, new long[] {0, 7}));
    }

    @Test
    void blocksWithoutNumbersShareNothing() {
        Path trace = Written.text(folder, """
            {"timestamp": 27, "input_length": 10, "output_length": 6, "hash_ids": ["a"]}
            {"timestamp": 27, "input_length": 10, "output_length": 6, "hash_ids": ["b"]}
            {"timestamp": 27, "input_length": 10, "output_length": 6}
            """);
        assertThat(Written.read(trace))
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.blocks()).isEmpty());
    }

    @Test
    void promptsThatBeginWithTheSameBlocksBeginWithTheSameText() {
        BodyGenerator bodies = new BodyGenerator(7);
        String both = body(bodies, 600, 3, 4);
        String other = body(bodies, 700, 3, 5);
        int shared = both.indexOf(body(bodies, 512, 3).replaceAll("\"}],.*", ""));
        assertThat(shared).isZero();
        assertThat(other.substring(0, 1_500)).isEqualTo(both.substring(0, 1_500));
        assertThat(other.substring(3_500, 3_600)).isNotEqualTo(both.substring(3_500, 3_600));
    }

    private static String body(BodyGenerator bodies, int tokens, long... numbers) {
        return new String(bodies.body(new PromptBlocks(512, numbers), "m", false, tokens, 1), StandardCharsets.UTF_8);
    }

    @Test
    void rowsThatCannotBeReadAreCountedOrRefused() {
        Path trace = Written.text(folder, """
            {"timestamp": 27, "input_length": 513, "output_length": 6, "hash_ids": [0, 7]}
            {"timestamp": 28, "input_length": 513, "output_length": -6, "hash_ids": [0, 7]}
            {"timestamp": 28, "input_length": 5
            {"timestamp": 28, "input_length": "5", "output_length": 6}
            """);
        LeftOut leftOut = LeftOut.counting();
        try (TraceReader reader = Traces.open(List.of(trace), Optional.empty(), Reading.counting(leftOut))) {
            assertThat(reader.next().inputTokens()).hasValue(513);
            assertThat(reader.hasNext()).isFalse();
        }
        assertThat(leftOut.text())
                .isEqualTo("2 rows, no time and two lengths that can be read (the first: " + trace + ":2); "
                        + "1 row, no JSON object (" + trace + ":3)");
        assertThatThrownBy(() -> Traces.open(trace)).hasMessageStartingWith(trace + ":2: ");
    }

    @Test
    void thePublishedTraceHasItsPublishedFigures() {
        Path converted = folder.resolve("converted.jsonl.gz");
        try (TraceReader reader = Traces.open(SharedData.file(SYNTHETIC))) {
            TraceWriter.copy(reader, converted, "Converted.");
        }
        TraceSummary summary;
        try (TraceReader reader = Traces.open(converted)) {
            summary = TraceSummary.of(reader);
        }
        assertThat(summary.requests()).isEqualTo(3_993);
        assertThat(summary.span()).isBetween(Duration.ofSeconds(1_021), Duration.ofSeconds(1_023));
        assertThat(summary.gapVariation().orElseThrow()).isBetween(1.005, 1.015);
        assertThat(summary.inputTokens().orElseThrow().p50()).isEqualTo(11_587);
        assertThat(summary.outputTokens().orElseThrow().p50()).isEqualTo(69);
        assertThat(Written.read(converted)).isEqualTo(Written.read(SharedData.file(SYNTHETIC)));
    }
}
