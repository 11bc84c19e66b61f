package dev.changeover.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.trace.SyntheticTrace;
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

    /// Eight minutes at six requests a second: at ten times the speed, sixty a second for 48 s.
    private static final Parameters PARAMETERS =
            Parameters.smallChat(2_880, Duration.ofMinutes(8), 20260115).withModels(List.of("gpt-4.1", "gpt-4.1-mini"));

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
