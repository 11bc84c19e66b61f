package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.Written;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/trace-format.md` tells of every format, and what it shows of one can be read.
class DocumentedFormatsTest {

    private static final Set<String> COUNTS_ALONE = Set.of("azure_llm_2023", "mooncake");

    @TempDir
    private Path folder;

    static Stream<Importer> all() {
        return Importers.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFormatHasARowInTheTable(Importer importer) {
        assertThat(Examples.page()).contains("\n| `" + importer.name() + "` | ");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theExampleOfAFormatIsReadWhole(Importer importer) {
        Path file = Written.text(folder, Examples.of(importer));
        assertThat(Importers.guess(new TraceFile(file)).name()).isEqualTo(importer.name());
        Reading timeless = new Reading(LeftOut.refusing(), OptionalDouble.of(1));
        Reading reading = Examples.hasNoTimes(importer) ? timeless : Reading.whole();
        try (TraceReader reader = Traces.open(List.of(file), Optional.empty(), reading)) {
            TraceRequest first = reader.next();
            boolean countsAlone = COUNTS_ALONE.contains(importer.name());
            assertThat(
                            countsAlone
                                    ? first.outputTokens().isPresent()
                                    : first.answer().isPresent())
                    .isTrue();
        }
    }

    @Test
    void noSectionIsOfAFormatThatIsNone() {
        assertThat(all().map(Importer::name)).containsAll(Examples.documented().keySet());
    }
}
