package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.SharedData;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceSummary;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.Written;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureLlm2023Test {

    private static final String COLUMNS = "TIMESTAMP,ContextTokens,GeneratedTokens\r\n";
    private static final String CONVERSATIONS = "azure_llm_2023/AzureLLMInferenceTrace_conv.csv";

    @TempDir
    Path folder;

    @Test
    void offsetsCountFromTheFirstRow() {
        Path trace = Written.text(folder, COLUMNS + """
            2023-11-16 23:59:59.6805900,374,44\r
            2023-11-17 00:00:00.0000001,396,109\r
            2023-11-17 00:00:01,0,7\
            """);
        assertThat(Written.read(trace))
                .containsExactly(
                        TraceRequest.ofCounts(0, 374, 44),
                        TraceRequest.ofCounts(319_410_100, 396, 109),
                        TraceRequest.ofCounts(1_319_410_000, 0, 7));
    }

    @Test
    void rowsOutOfOrderAreSortedAndCountFromTheEarliest() {
        Path trace = Written.text(folder, COLUMNS + """
            2023-11-16 18:00:02,2,2
            2023-11-16 18:00:01,1,1
            2023-11-16 18:00:02,3,3
            """);
        assertThat(Written.read(trace))
                .containsExactly(
                        TraceRequest.ofCounts(0, 1, 1),
                        TraceRequest.ofCounts(1_000_000_000, 2, 2),
                        TraceRequest.ofCounts(1_000_000_000, 3, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2023-11-16 18:15:46.6805900,NaN,44|ContextTokens must be",
                "2023-11-16 18:15:46.6805900,-3,44|ContextTokens must be",
                "2023-11-16 18:15:46.6805900,,44|ContextTokens must be",
                "2023-11-16 18:15:46.6805900,1.0,44|ContextTokens must be",
                "2023-11-16 18:15:46.6805900,99999999999999999999,44|ContextTokens must be",
                "2023-11-16 18:15:46.6805900,3|ContextTokens must be",
                "2023-11-16 18:15:46.6805900,3,44,5|GeneratedTokens must be",
                "2023-11-16 18:15:46.6805900,3,4x|GeneratedTokens must be",
                "2023-11-16 18:15:46.6805900,3,|GeneratedTokens must be",
                "2023-11-16T18:15:46.6805900,3,4|TIMESTAMP must be",
                "2023-02-29 18:15:46,3,4|TIMESTAMP must be",
                "2023-13-01 18:15:46,3,4|TIMESTAMP must be",
                "2023-11-16 24:00:00,3,4|TIMESTAMP must be",
                "2023-11-16 18:15:46.,3,4|TIMESTAMP must be",
                "2023-11-16 18:15:46.1234567890,3,4|TIMESTAMP must be",
                "1023-11-16 18:15:46,3,4|TIMESTAMP must be",
                "2123-11-16 18:15:46,3,4|more than ten years",
                "NaN,3,4|TIMESTAMP must be",
                "x\u0000\u0001|TIMESTAMP must be"
            })
    void aBadRowIsNamedBeforeAnyRequestIsHandedOut(String row, String what) {
        Path trace =
                Written.text(folder, COLUMNS + "2023-11-16 18:15:46,374,44\n" + row + "\n2023-11-16 18:15:49,1,1\n");
        assertThatThrownBy(() -> Traces.open(trace))
                .isInstanceOf(TraceException.class)
                .hasMessageStartingWith(trace + ":3: ")
                .hasMessageContaining(what);
    }

    @Test
    void aLastRowThatBreaksOffIsSaid() {
        Path trace = Written.text(folder, COLUMNS + "2023-11-16 18:15:46,374,44\n2023-11-16 18:15:47,3");
        assertThatThrownBy(() -> Traces.open(trace)).hasMessageContaining(":3: the last line breaks off");
    }

    @Test
    void otherColumnsAreNamed() {
        Path trace = Written.text(folder, "TIMESTAMP,Tokens\n2023-11-16 18:15:46,374\n");
        assertThatThrownBy(() -> Traces.open(trace))
                .hasMessageContaining(":1: the columns are others")
                .hasMessageContaining("TIMESTAMP,ContextTokens,GeneratedTokens");
    }

    @Test
    void columnsWithoutRowsAreNoTrace() {
        assertThatThrownBy(() -> Traces.open(Written.text(folder, COLUMNS))).hasMessageContaining("holds no requests");
    }

    @Test
    void aFileInNoKnownFormatIsToldWhichThereAre() {
        Path trace = Written.text(folder, "when;what\n");
        assertThatThrownBy(() -> Traces.open(trace))
                .hasMessageContaining("is in no known format")
                .hasMessageContaining("changeover: ")
                .hasMessageContaining("azure_llm_2023: ");
    }

    @Test
    void aFormatMayBeNamed() {
        Path trace = Written.text(folder, "{\"changeover_trace\":1}\n{\"at_ms\":0}\n");
        try (TraceReader reader = Traces.open(List.of(trace), Optional.of("changeover"), Reading.whole())) {
            assertThat(reader.hasNext()).isTrue();
        }
        assertThatThrownBy(() -> Traces.open(List.of(trace), Optional.of("azure_llm_2023"), Reading.whole()))
                .hasMessageContaining("the columns are");
        assertThatThrownBy(() -> Traces.open(List.of(trace), Optional.of("azure"), Reading.whole()))
                .hasMessageContaining("'azure' is not a known format");
    }

    @Test
    void theDigestIsThatOfTheFile() {
        assertThat(Traces.digest(Written.text(folder, "abc")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThatThrownBy(() -> Traces.digest(folder.resolve("none"))).isInstanceOf(TraceException.class);
    }

    @Test
    void thePublishedConversationTraceHasItsPublishedFigures() {
        TraceSummary summary;
        try (TraceReader reader = Traces.open(SharedData.file(CONVERSATIONS))) {
            summary = TraceSummary.of(reader);
        }
        assertThat(summary.requests()).isEqualTo(19_366);
        assertThat(summary.span()).isEqualTo(Duration.ofSeconds(3501, 721_937_000));
        assertThat(summary.meanRate().orElseThrow()).isBetween(5.525, 5.535);
        assertThat(summary.peakRate()).isEqualTo(16);
        assertThat(summary.gapVariation().orElseThrow()).isBetween(1.085, 1.095);
        assertThat(summary.inputTokens()).contains(new TraceSummary.TokenQuantiles(19_366, 1020, 4083, 4142, 14_050));
        assertThat(summary.outputTokens()).contains(new TraceSummary.TokenQuantiles(19_366, 129, 451, 601, 1000));
    }

    @Test
    void thePublishedTraceKeepsEveryRequestWhenConverted() {
        Path converted = folder.resolve("conv.jsonl.gz");
        try (TraceReader reader = Traces.open(SharedData.file(CONVERSATIONS))) {
            TraceWriter.copy(reader, converted, "Converted.");
        }
        assertThat(Written.read(converted)).isEqualTo(Written.read(SharedData.file(CONVERSATIONS)));
    }
}
