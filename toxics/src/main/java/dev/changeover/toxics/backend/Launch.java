package dev.changeover.toxics.backend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/// Starts a server on a free port of the loopback, and waits until it answers.
///
/// @param name what is started, for errors
record Launch(String name) {

    static final String HOST = "127.0.0.1";
    private static final Duration TO_ANSWER = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 20;
    /// A free port may be taken by somebody else before the server listens on it.
    private static final int TRIES = 5;

    interface OnPort<S extends Launched> {
        S launch(int port) throws IOException;
    }

    record Answering<S extends Launched>(S server, ServerVersion version) {}

    /// @throws IOException saying why it could not be started, with the last lines that it printed; then nothing is
    /// left
    <S extends Launched> Answering<S> start(OnPort<S> how) throws IOException {
        for (int tries = 1; ; tries++) {
            S server = how.launch(freePort());
            boolean answers = false;
            try {
                ServerVersion version = answer(server);
                answers = true;
                return new Answering<>(server, version);
            } catch (PortTakenException e) {
                if (tries == TRIES) {
                    throw e;
                }
            } finally {
                if (!answers) {
                    server.end();
                }
            }
        }
    }

    private ServerVersion answer(Launched server) throws IOException {
        long until = System.nanoTime() + TO_ANSWER.toNanos();
        while (true) {
            ServerVersion version = null;
            IOException unanswered = null;
            try {
                version = ServerVersion.at(server.api());
            } catch (IOException e) {
                unanswered = e;
            }
            // the one who took the port may be a Toxiproxy too: then the answer was not ours
            if (server.says("address already in use")) {
                throw new PortTakenException(
                        failed("its port was taken in between, %d times".formatted(TRIES), server));
            }
            if (server.ended().isPresent()) {
                throw new IOException(
                        failed("it ended at once, " + server.ended().get(), server));
            }
            if (version != null) {
                return version;
            }
            if (System.nanoTime() > until) {
                throw new IOException(
                        failed(
                                "it does not answer at %s within %d s (%s)"
                                        .formatted(server.api(), TO_ANSWER.toSeconds(), unanswered.getMessage()),
                                server),
                        unanswered);
            }
            pause();
        }
    }

    private String failed(String why, Launched server) {
        return "%s could not be started: %s; its last lines:%s".formatted(name, why, server.lastLines());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return free.getLocalPort();
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

    private static final class PortTakenException extends IOException {

        private static final long serialVersionUID = 1;

        PortTakenException(String message) {
            super(message);
        }
    }
}
