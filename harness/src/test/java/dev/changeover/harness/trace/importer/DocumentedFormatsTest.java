package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/trace-format.md` tells of every format, and what it shows of one can be read.
class DocumentedFormatsTest {

    private static final Path PAGE = Path.of("..", "docs", "trace-format.md");
    private static final Pattern SECTION = Pattern.compile("(?s)\n### `(\\w+)`\n\n```\\w*\n(.*?)```\n");

    @TempDir
    private Path folder;

    static Stream<Importer> all() {
        return Importers.ALL.stream();
    }

    static Map<String, String> examples() throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        Matcher section = SECTION.matcher(Files.readString(PAGE));
        while (section.find()) {
            examples.put(section.group(1), section.group(2));
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFormatHasARowInTheTable(Importer importer) throws IOException {
        assertThat(Files.readString(PAGE)).contains("\n| `" + importer.name() + "` | ");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theExampleOfAFormatIsReadWhole(Importer importer) throws IOException {
        Optional<String> example = Optional.ofNullable(examples().get(importer.name()));
        assumeTrue(example.isPresent(), "no section for " + importer.name());
        Path file = Written.text(folder, example.orElseThrow());
        assertThat(Importers.guess(new TraceFile(file)).name()).isEqualTo(importer.name());
        Reading timeless = new Reading(LeftOut.refusing(), OptionalDouble.of(1));
        Reading reading = importer.name().equals("openai_batch") ? timeless : Reading.whole();
        try (TraceReader reader = Traces.open(List.of(file), Optional.empty(), reading)) {
            assertThat(reader.next().answer()).isPresent();
        }
    }

    @Test
    void noSectionIsOfAFormatThatIsNone() throws IOException {
        assertThat(all().map(Importer::name)).containsAll(examples().keySet());
        assertThat(examples()).hasSizeGreaterThanOrEqualTo(4);
    }
}
