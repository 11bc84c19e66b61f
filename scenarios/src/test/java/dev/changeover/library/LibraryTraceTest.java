package dev.changeover.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.trace.SyntheticTrace;
import dev.changeover.harness.trace.SyntheticTrace.Lengths;
import dev.changeover.harness.trace.SyntheticTrace.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Makes the library's bundled trace, and holds the one that is there to what is made.
class LibraryTraceTest {

    private static final Path BUNDLED = Path.of("library/traces/conversations.jsonl.gz");

    /// Eight minutes at four and a half requests a second: at ten times the speed, 45 a second for 48 s. Answers are
    /// shorter than people's, so that two cores can stream every token of both arms.
    private static final Parameters PARAMETERS = Parameters.chat(2_160, Duration.ofMinutes(8), 20260115)
            .withLengths(new Lengths(300, 1_000, 1_200), new Lengths(80, 220, 400))
            .withModels(List.of("gpt-4.1", "gpt-4.1-mini"));

    @TempDir
    Path folder;

    @Test
    void theBundledTraceIsWhatTheProjectsOwnToolMakes() throws IOException {
        Path made = folder.resolve("made.jsonl.gz");
        SyntheticTrace.write(PARAMETERS, made);
        if (Boolean.getBoolean("changeover.traces")) {
            Files.copy(made, BUNDLED, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(BUNDLED)
                .as("made by: ./mvnw verify -pl scenarios -am -Dtest=LibraryTraceTest -Dchangeover.traces=true "
                        + "-Dsurefire.failIfNoSpecifiedTests=false")
                .hasSameBinaryContentAs(made);
    }
}
