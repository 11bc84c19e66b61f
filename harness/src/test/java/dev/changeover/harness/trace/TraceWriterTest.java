package dev.changeover.harness.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a trace is written: into a file's place, and into nothing else's.
class TraceWriterTest {

    @TempDir
    Path folder;

    @Test
    void aPipeIsNotReplaced() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeThat(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0)
                .as("mkfifo works here")
                .isTrue();

        assertRefused(pipe);

        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void aFolderIsNotReplaced() throws IOException {
        assertRefused(Files.createDirectory(folder.resolve("old")));
    }

    @Test
    void aLinkThatLeadsToAFolderIsNotReplaced() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("old")));

        assertRefused(link);

        assertThat(link).isSymbolicLink();
    }

    @Test
    void ofALinkTheFileThatItLeadsToIsReplaced() throws IOException {
        Path old = Files.writeString(folder.resolve("old.jsonl"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), old);

        TraceWriter.copy(List.<TraceRequest>of().iterator(), link, "Nothing.");

        assertThat(link).isSymbolicLink();
        assertThat(old).content().contains("changeover_trace");
    }

    @Test
    void aFileNameDoesNotSteerTheTerminal() {
        Path missing = folder.resolve("no\u001b]0;name\u0007\u009b31m\u202e\n").resolve("out");

        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> new TraceWriter(missing, "Nothing."))
                .satisfies(e -> assertThat(e.getMessage().replace(System.lineSeparator() + "    ", ""))
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                        .contains("no?]0;name??31m??"));
    }

    private void assertRefused(Path out) throws IOException {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> new TraceWriter(out, "Nothing."))
                .withMessageContaining("is a folder, a pipe or a device");
        try (var left = Files.list(folder)) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }
}
