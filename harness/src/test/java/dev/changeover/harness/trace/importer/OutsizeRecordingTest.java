package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.Written;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings of HTTP that would grow without end; HostileRecordingsTest has what every format meets.
class OutsizeRecordingTest {

    @TempDir
    private Path folder;

    @Test
    void aYamlBombIsRefusedOrLeftOut() {
        StringBuilder bomb = new StringBuilder("a: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(level, level - 1));
        }
        bomb.append("interactions:\n- request: {uri: 'https://h/v1/chat/completions', body: *a29}\n");
        assertThatThrownBy(() -> read("vcr", bomb.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("holds no requests: left out are 1 row, no request body");
    }

    @Test
    void deepNesting() {
        assertThatThrownBy(() -> read("vcr", nested("interactions: [{request: ", "[", 1 << 20)))
                .hasMessageContaining("nests deeper than 64");
        assertThatThrownBy(() -> read("vcr", nested("interactions: []\nmore: ", "[", 1 << 20)))
                .hasMessageContaining("nests deeper than 64");
        assertThatThrownBy(() -> read("har", nested("{\"log\":{\"entries\":[", "[", 1 << 20)))
                .hasMessageContaining("nests too deep");
        assertThatThrownBy(() -> read("har", nested("{\"log\":{\"a\":", "{\"a\":", 1 << 20)))
                .hasMessageContaining("nests too deep");
    }

    @Test
    void aTextWithoutEnd() throws IOException {
        Path yaml = folder.resolve("endless.yaml.gz");
        endless(yaml, "interactions:\n- request: {uri: 'a', body: \"");
        assertThatThrownBy(() -> read("vcr", yaml))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("something in it is longer than 16 MiB");
        Path har = folder.resolve("endless.har.gz");
        endless(har, "{\"log\":{\"entries\":[{\"request\":{\"url\":\"/chat/completions\",\"postData\":{\"text\":\"");
        assertThatThrownBy(() -> read("har", har))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("a text of more than 16 MiB");
    }

    @Test
    void manyValues() {
        assertThatThrownBy(() -> read("har", nested("{\"log\":{\"entries\":[{\"request\":[", "1,", 300_000)))
                .hasMessageContaining("has more than 200,000 values");
        assertThatThrownBy(() -> read("vcr", nested("interactions: [{request: [", "1,", 300_000)))
                .hasMessageContaining("has more than 200,000 values");
        assertThatThrownBy(() -> read("vcr", nested("interactions: [{request: [", "&a 1,", 30)))
                .hasMessageContaining("is not YAML");
    }

    private static byte[] nested(String start, String again, int times) {
        return (start + again.repeat(times)).getBytes(StandardCharsets.UTF_8);
    }

    /// 40 MB of one text, packed.
    private static void endless(Path file, String start) throws IOException {
        byte[] block = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (int written = 0; written < 40; written++) {
                out.write(block);
            }
        }
    }

    private void read(String format, byte[] bytes) {
        read(format, Written.bytes(folder, bytes));
    }

    private static void read(String format, Path file) {
        Reading reading = new Reading(LeftOut.counting(), OptionalDouble.of(1));
        try (TraceReader reader = Traces.open(List.of(file), Optional.of(format), reading)) {
            reader.forEachRemaining(_ -> {});
        }
    }
}
