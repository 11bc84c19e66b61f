package dev.changeover.toxics.backend;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A `toxiproxy-server` as a child of this process; it is ended with it.
final class LaunchedProcess implements Launched {

    private static final Duration TO_END = Duration.ofSeconds(3);

    private final Process process;
    private final ServerOutput output;
    private final URI api;
    private final Thread onExit;

    private LaunchedProcess(Process process, int port) {
        this.process = process;
        this.output = ServerOutput.of(process.getInputStream());
        this.api = URI.create("http://" + Launch.HOST + ":" + port);
        this.onExit = Thread.ofPlatform().name("toxiproxy-exit").unstarted(process::destroy);
    }

    static LaunchedProcess start(Path binary, int port, long seed) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                binary.toString(), "-host", Launch.HOST, "-port", Integer.toString(port), "-seed", Long.toString(seed));
        LaunchedProcess launched =
                new LaunchedProcess(command.redirectErrorStream(true).start(), port);
        try {
            launched.process.getOutputStream().close();
            Runtime.getRuntime().addShutdownHook(launched.onExit);
            return launched;
        } catch (IllegalStateException e) {
            launched.end();
            throw new IOException("the process is being ended: nothing is to begin any more", e);
        } catch (IOException e) {
            launched.end();
            throw e;
        }
    }

    @Override
    public URI api() {
        return api;
    }

    @Override
    public Optional<String> ended() {
        if (process.isAlive()) {
            return Optional.empty();
        }
        output.awaitEnd();
        return Optional.of("with code " + process.exitValue());
    }

    @Override
    public boolean says(String text) {
        return output.says(text);
    }

    @Override
    public String lastLines() {
        return output.text();
    }

    /// Asked first, and killed when it does not end.
    @Override
    public void end() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException _) {
            // the process is being ended: the hook is running
        }
        boolean interrupted = Thread.interrupted();
        process.destroy();
        try {
            if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            interrupted = true;
            process.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
