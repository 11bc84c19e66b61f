package dev.changeover.toxics.backend;

import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// A `toxiproxy-server` of this machine, started for this run on a free port of the loopback. Its API asks for no
/// secret: every user of the machine can reach it while it runs.
public final class BinaryBackend implements ToxiproxyBackend {

    private static final String HOST = "127.0.0.1";
    private static final Duration TO_ANSWER = Duration.ofSeconds(10);
    private static final Duration TO_END = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 20;
    /// A free port may be taken by somebody else before the server listens on it.
    private static final int TRIES = 5;

    private final Path binary;
    private final Process process;
    private final ServerOutput output;
    private final URI api;
    private final Thread onExit;
    private ServerVersion version;

    private BinaryBackend(Path binary, Process process, int port) {
        this.binary = binary;
        this.process = process;
        this.output = ServerOutput.of(process.getInputStream());
        this.api = URI.create("http://" + HOST + ":" + port);
        this.onExit = Thread.ofPlatform().name("toxiproxy-exit").unstarted(process::destroy);
    }

    /// @throws IOException naming the binary and saying why, with the last lines that it printed
    static BinaryBackend start(Path binary) throws IOException {
        for (int left = TRIES; ; left--) {
            BinaryBackend backend = launch(binary, freePort());
            try {
                backend.awaitApi();
                Runtime.getRuntime().addShutdownHook(backend.onExit);
                return backend;
            } catch (PortTakenException e) {
                backend.end();
                if (left == 1) {
                    throw e;
                }
            } catch (IOException | RuntimeException e) {
                backend.end();
                throw e;
            }
        }
    }

    private static BinaryBackend launch(Path binary, int port) throws IOException {
        Process process = new ProcessBuilder(
                        binary.toString(),
                        "-host",
                        HOST,
                        "-port",
                        Integer.toString(port),
                        "-seed",
                        Long.toString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return new BinaryBackend(binary, process, port);
    }

    private void awaitApi() throws IOException {
        long until = System.nanoTime() + TO_ANSWER.toNanos();
        while (true) {
            IOException unanswered = null;
            try {
                version = ServerVersion.at(api);
            } catch (IOException e) {
                unanswered = e;
            }
            if (output.says("address already in use")) {
                throw new PortTakenException(failed("its port was taken in between, every time"));
            }
            if (!process.isAlive()) {
                output.toItsEnd();
                throw new IOException(failed("it ended with code %d at once".formatted(process.exitValue())));
            }
            if (unanswered == null) {
                return;
            }
            if (System.nanoTime() > until) {
                throw new IOException(
                        failed("it did not answer within 10 s: %s".formatted(unanswered.getMessage())), unanswered);
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a Toxiproxy was starting", e);
        }
    }

    private String failed(String why) {
        return "%s could not be started as a Toxiproxy: %s; its last lines:%s".formatted(binary, why, output.text());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return free.getLocalPort();
        }
    }

    @Override
    public ToxiproxyClient client() {
        return new ToxiproxyClient(HOST, api.getPort());
    }

    @Override
    public URI api() {
        return api;
    }

    @Override
    public String description() {
        return "binary %s (%s)".formatted(version.text(), binary);
    }

    @Override
    public boolean tellsOfConnections() {
        return false;
    }

    @Override
    public Optional<String> failure() {
        return process.isAlive()
                ? Optional.empty()
                : Optional.of("%s ended with code %d; its last lines:%s"
                        .formatted(
                                binary, process.exitValue(), output.toItsEnd().text()));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException _) {
            // the process is ending: the hook is running
        }
        end();
    }

    private void end() {
        process.destroy();
        boolean interrupted = Thread.interrupted();
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

    private static final class PortTakenException extends IOException {

        private static final long serialVersionUID = 1;

        PortTakenException(String message) {
            super(message);
        }
    }
}
