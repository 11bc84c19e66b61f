package dev.changeover;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds every source file to palantir-java-format. It is a test and not a Maven plugin because the formatter reads
/// Java 25 with the parser of the JVM that it runs in, and Maven itself may run on an older one.
class FormatTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void everySourceFileIsFormatted() throws IOException {
        boolean mend = Boolean.getBoolean("changeover.format");
        assertThat(sources().filter(file -> differs(file, mend)).map(ROOT::relativize))
                .as("format them with: ./mvnw verify -pl scenarios -am -Dtest=FormatTest -Dchangeover.format=true "
                        + "-Dsurefire.failIfNoSpecifiedTests=false")
                .isEmpty();
    }

    private static Stream<Path> sources() {
        return Stream.of(
                        "toxics/src",
                        "harness/src",
                        "harness/benchmarks/src",
                        "reports/src",
                        "scenarios/src",
                        "scenarios/gateways",
                        "scenarios/soak/src")
                .flatMap(FormatTest::sourcesOf);
    }

    private static Stream<Path> sourcesOf(String folder) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            return found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean differs(Path file, boolean mend) {
        try {
            String source = Files.readString(file);
            String formatted = FORMATTER.formatSourceAndFixImports(source);
            if (!formatted.equals(source) && mend) {
                Files.writeString(file, formatted);
                return false;
            }
            return !formatted.equals(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FormatterException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
