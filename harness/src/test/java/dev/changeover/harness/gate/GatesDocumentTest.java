package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/gates.md` explains every metric, and no other.
class GatesDocumentTest {

    @Test
    void theTableAndTheMetricsAgree() throws IOException {
        List<String> rows = Files.readAllLines(document()).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .extracting(row -> row.split("\\|")[1].strip() + row.split("\\|")[2].strip())
                .containsExactlyElementsOf(Arrays.stream(Metric.values())
                        .map(metric -> "`" + metric.word() + "`" + metric.unit().word())
                        .toList());
        assertThat(rows)
                .filteredOn(row -> row.split("\\|")[4].contains("margin"))
                .hasSameSizeAs(Arrays.stream(Metric.values())
                        .filter(Metric::comparable)
                        .toList());
    }

    private static Path document() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/gates.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/gates.md");
    }
}
