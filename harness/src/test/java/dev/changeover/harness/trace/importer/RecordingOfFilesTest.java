package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingOfFilesTest {

    @TempDir
    private Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @BeforeEach
    void recordings() throws IOException {
        Files.createDirectories(folder.resolve("day/two"));
        Files.writeString(folder.resolve("day/early.csv"), azure("10:00:01", 11) + "2023-11-16 10:00:03.0,12,1\n");
        Files.writeString(folder.resolve("day/two/late.csv"), azure("10:00:02", 21));
        Files.writeString(folder.resolve("day/log.jsonl"), """
            {"recorded_at":"2023-11-16T10:00:04Z","request":{"model":"m","messages":[{"role":"user","content":"x"}]}}
            """);
    }

    @Test
    void filesOfAFolderKeepTheirTimesToEachOtherWhateverTheirFormats() throws IOException {
        Files.writeString(folder.resolve("day/notes.txt"), "nothing to see");
        Files.writeString(folder.resolve("day/.hidden"), "");
        List<TraceRequest> requests = read(folder.resolve("day"));
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, sec(1), sec(2), sec(3));
        assertThat(requests.subList(0, 3))
                .extracting(request -> request.inputTokens().orElseThrow())
                .containsExactly(11, 21, 12);
        assertThat(requests.getLast().model()).contains("m");
        assertThat(leftOut.text())
                .isEqualTo("1 row, a file in no known format (" + folder.resolve("day/notes.txt") + ")");
    }

    @Test
    void aNamedFileInNoKnownFormatIsAnError() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "nothing to see");
        assertThatThrownBy(() -> read(folder.resolve("day/early.csv"), notes))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("notes.txt: is in no known format");
    }

    @Test
    void aFolderWithNothingInItIsAnError() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> read(empty))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("empty: holds no recording");
    }

    private List<TraceRequest> read(Path... named) {
        List<TraceRequest> requests = new ArrayList<>();
        try (TraceReader reader = Traces.open(List.of(named), Optional.empty(), Reading.counting(leftOut))) {
            reader.forEachRemaining(requests::add);
        }
        return requests;
    }

    private static String azure(String time, int tokens) {
        return "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 %s.0,%d,1\n".formatted(time, tokens);
    }

    private static long sec(long seconds) {
        return seconds * 1_000_000_000;
    }
}
