package dev.changeover.harness.gateway.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Small programs written for the shell.
public final class Shell {

    private Shell() {}

    public static void assumeThereIsOne() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh on this machine");
    }

    /// Processes that lost their parent are found by /proc only.
    public static void assumeProc() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/environ")), "there is no /proc on this machine");
    }

    public static List<String> sh(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    /// Waits for the pid that a program writes to a file once it is as far.
    public static ProcessHandle processIn(Path pidFile) throws Exception {
        assertSoon(() -> Files.exists(pidFile) && !Files.readString(pidFile).isBlank());
        return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                .orElseThrow();
    }

    /// Whether it runs; without a parent that waits for it, one that has ended may look alive.
    public static boolean isRunning(ProcessHandle process) {
        return RunMark.isRunning(process);
    }

    /// What becomes true by itself, or fails the test after a time that no machine is too slow for.
    public static void assertSoon(Check check) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!check.holds()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("it did not become so within 30 s");
            }
            Thread.sleep(20);
        }
    }

    @FunctionalInterface
    public interface Check {
        boolean holds() throws Exception;
    }

    /// Where this process ignores SIGHUP, as under nohup, a JVM that it starts cannot listen to it.
    public static void assumeHangUpsAreHeard() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            String ignored = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .findFirst()
                    .orElse("SigIgn: 0");
            long signals = Long.parseUnsignedLong(ignored.replaceAll("SigIgn:\\s*", ""), 16);
            assumeTrue((signals & 1) == 0, "SIGHUP is ignored here, as under nohup");
        }
    }
}
