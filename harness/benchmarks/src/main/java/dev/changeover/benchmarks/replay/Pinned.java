package dev.changeover.benchmarks.replay;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process of the benchmark on a core of its own: the client's is the first, the server's the second.
final class Pinned implements AutoCloseable {

    static final String CLIENT_CORE = "0";
    static final String SERVER_CORE = "1";

    private final Process process;
    private final Thread atExit;

    private Pinned(Process process) {
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static Pinned start(String core, List<String> command, ProcessBuilder.Redirect out) throws IOException {
        List<String> pinned = new ArrayList<>();
        if (possible()) {
            pinned.addAll(List.of("taskset", "-c", core));
        }
        pinned.addAll(command);
        return new Pinned(new ProcessBuilder(pinned)
                .redirectOutput(out)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    static boolean possible() {
        return program("taskset").isPresent() && Runtime.getRuntime().availableProcessors() > 1;
    }

    /// On the PATH, or where Debian keeps servers.
    static Optional<Path> program(String name) {
        String folders = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        return Stream.of(folders.split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Process process() {
        return process;
    }

    /// @return whether it ended by itself, and well
    boolean awaitEnd(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
