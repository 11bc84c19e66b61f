package dev.changeover.toxics.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No difference is only claimed without saying so.
class DifferencesTest {

    private static final Path SUITE = Path.of("src/test/java/dev/changeover/toxics/conformance");

    @ParameterizedTest
    @EnumSource
    void aTestShowsItOrItSaysThatNoneDoes(Difference difference) throws IOException {
        try (Stream<Path> files = Files.list(SUITE)) {
            String tests = files.filter(file -> file.toString().endsWith("Test.java"))
                    .map(DifferencesTest::read)
                    .collect(Collectors.joining());
            assertThat(tests.contains("Difference." + difference))
                    .isEqualTo(difference.shown() == Difference.Shown.BY_TESTS);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
