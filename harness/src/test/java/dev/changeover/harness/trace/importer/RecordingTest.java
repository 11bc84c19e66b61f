package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Traces that were written while their traffic ran.
class RecordingTest {

    private static final String HEADER =
            "{\"changeover_trace\":1,\"in_order\":false,\"started\":\"2026-03-04T10:00:00Z\"}\n";
    private static final String HOUR_LATER =
            "{\"changeover_trace\":1,\"in_order\":false,\"started\":\"2026-03-04T11:00:00Z\"}\n";

    @TempDir
    Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @Test
    void requestsThatLieInTheOrderOfTheirEndAreBroughtIntoThatOfTheirArrival() {
        Path file = write("rec.jsonl", HEADER + at(700) + at(200) + at(450));
        assertThat(millis(file)).containsExactly(0L, 250L, 500L);
    }

    @Test
    void aTraceThatDoesNotSaySoMustLieInOrder() {
        Path file = write("trace.jsonl", "{\"changeover_trace\":1}\n" + at(700) + at(200));
        assertThatThrownBy(() -> millis(file))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("trace.jsonl:3: 'at_ms' 200 is before the request above it");
    }

    @Test
    void filesOfRecordingsKeepTheirTimesToEachOther() {
        Path later = write("a.jsonl", HOUR_LATER + at(5));
        Path sooner = write("b.jsonl", HEADER + at(1_005) + at(5));
        assertThat(millis(later, sooner)).containsExactly(0L, 1_000L, 3_600_000L);
    }

    @Test
    void aFileThatDoesNotSayWhenItStartedStartsWithTheOthers() {
        Path dated = write("a.jsonl", HEADER + at(10));
        Path undated = write("b.jsonl", "{\"changeover_trace\":1}\n" + at(30));
        assertThat(millis(dated, undated)).containsExactly(0L, 20L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"at_ms\":7", "{\"at_ms\":7,\"conversation\":\"ü", "{\"at_ms\":7}x"})
    void aLastLineThatBreaksOffIsLeftOutAndSaid(String torn) {
        Path file = write("rec.jsonl", HEADER + at(1) + at(2) + torn);
        assertThat(millis(file)).containsExactly(0L, 1L);
        assertThat(leftOut.text()).matches("1 row, a last line that breaks off \\(.*rec.jsonl:4\\)");
    }

    @Test
    void aLastLineThatBreaksOffWithinALetterIsLeftOut() throws IOException {
        byte[] whole = (HEADER + at(1) + "{\"at_ms\":7,\"conversation\":\"ü").getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("rec.jsonl");
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThat(millis(file)).containsExactly(0L);
        assertThat(leftOut.rows()).isEqualTo(1);
    }

    @Test
    void aLineThatLacksOnlyItsEndIsWhole() {
        Path file = write("rec.jsonl", HEADER + at(1) + at(2).strip());
        assertThat(millis(file)).containsExactly(0L, 1L);
        assertThat(leftOut.rows()).isZero();
    }

    @Test
    void aRunRefusesALineThatBreaksOffAndSaysWhatToDo() {
        Path file = write("rec.jsonl", HEADER + at(1) + "{\"at_ms\":2");
        assertThatThrownBy(() -> Traces.open(file))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("rec.jsonl:3: the last line breaks off")
                .hasMessageContaining("import the recording");
    }

    @Test
    void aDamagedLineBeforeTheLastIsAnError() {
        Path file = write("rec.jsonl", HEADER + "{\"at_ms\":\n" + at(2));
        assertThatThrownBy(() -> millis(file)).hasMessageContaining("rec.jsonl:2");
    }

    @Test
    void aFileWithoutRequestsIsNoneAmongOthers() {
        Path empty = write("a.jsonl", HEADER);
        Path other = write("b.jsonl", HEADER + at(3));
        assertThat(millis(empty, other)).containsExactly(0L);
        assertThatThrownBy(() -> millis(empty)).hasMessageContaining("holds no requests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "1899-01-01T00:00:00Z", "9999-01-01T00:00:00Z", ""})
    void aStartThatIsNoMomentIsRefused(String started) {
        Path file = write("rec.jsonl", HEADER.replace("2026-03-04T10:00:00Z", started) + at(1));
        assertThatThrownBy(() -> millis(file)).hasMessageContaining("is no moment since 1970");
    }

    private static String at(long millis) {
        return "{\"at_ms\":" + millis + "}\n";
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Long> millis(Path... files) {
        List<Long> times = new ArrayList<>();
        try (TraceReader trace = Traces.open(List.of(files), Optional.empty(), Reading.counting(leftOut))) {
            while (trace.hasNext()) {
                TraceRequest request = trace.next();
                times.add(request.atNanos() / 1_000_000);
            }
        }
        return times;
    }
}
