package dev.changeover.harness.gateway.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Programs of anybody's. Their input is empty; what they print goes to the end of a log file, which they hold
/// themselves, so that what they leave running can go on printing.
public final class Program {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration TO_BE_GONE = Duration.ofSeconds(5);
    /// A family may have children while it is being killed.
    private static final int ROUNDS = 10;

    private Program() {}

    /// Runs a program to its end, or to that of its patience: then it is killed with all its descendants. What it
    /// leaves running when it ends by itself goes on.
    ///
    /// @param env all its variables; nothing is inherited
    /// @param folder in which it is run
    /// @param log bounded as `BoundedLog` says while the program runs
    /// @param patience wall time
    /// @throws InterruptedException after the program and its descendants were killed
    public static Ended run(List<String> command, Map<String, String> env, Path folder, Path log, Duration patience)
            throws InterruptedException {
        Process process;
        try {
            process = start(command, env, folder, log);
        } catch (IOException e) {
            return new Ended.NotStarted(e.getMessage());
        }
        try {
            long until = System.nanoTime() + patience.toNanos();
            while (!process.waitFor(Math.min(LOOK.toNanos(), until - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                BoundedLog.bound(log);
                if (System.nanoTime() >= until) {
                    kill(process.toHandle());
                    return new Ended.Hung(patience);
                }
            }
            return new Ended.Exited(process.exitValue());
        } catch (InterruptedException e) {
            kill(process.toHandle());
            throw e;
        }
    }

    /// @throws IOException with a sentence that names the program and says why it could not be started
    static Process start(List<String> command, Map<String, String> env, Path folder, Path log) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("%s could not be started: there is no folder %s".formatted(command.get(0), folder));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(env);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new IOException("%s could not be started: %s".formatted(command.get(0), e.getMessage()), e);
        }
    }

    /// Kills it and all its descendants, as far as they can be seen from it; it is gone when this returns.
    static void kill(ProcessHandle process) {
        List<ProcessHandle> family = process.descendants().toList();
        for (int round = 0; round < ROUNDS && !family.isEmpty(); round++) {
            family.forEach(ProcessHandle::destroyForcibly);
            family = process.descendants().filter(RunMark::isRunning).toList();
        }
        process.destroyForcibly();
        Waiting.until(() -> !RunMark.isRunning(process), TO_BE_GONE);
    }
}
