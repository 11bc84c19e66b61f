package dev.changeover.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Ctrl-C, for a process that a test has started.
final class Interrupt {

    private static final long SIGINT = 1L << (2 - 1);

    private Interrupt() {}

    /// Skips the test where there are no signals, or where this one is ignored, which children inherit: under nohup or
    /// in the background of a script.
    static void assumeHeard() throws IOException {
        assumeTrue(File.separatorChar == '/', "needs signals");
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return;
        }
        long ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .findFirst()
                .orElse(0);
        assumeTrue((ignored & SIGINT) == 0, "SIGINT is ignored here, and so it is by what is started");
    }

    static void send(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }
}
