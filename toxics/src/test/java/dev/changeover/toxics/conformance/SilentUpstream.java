package dev.changeover.toxics.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// An upstream whose machine does not answer those who want to connect: the queue of its listening socket is full.
final class SilentUpstream implements AutoCloseable {

    private static final int QUEUE = 1;
    /// Linux's tables of connections, where one that is asked for and not answered is in state 02.
    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final ServerSocket server;
    private final List<Socket> queued = new ArrayList<>();

    private SilentUpstream(ServerSocket server) {
        this.server = server;
    }

    static SilentUpstream open() throws IOException {
        Assumptions.assumeTrue(
                CONNECTIONS.stream().allMatch(Files::isReadable), "needs Linux, to fill a listening socket's queue");
        SilentUpstream upstream = new SilentUpstream(new ServerSocket(0, QUEUE, InetAddress.getLoopbackAddress()));
        for (int i = 0; i <= QUEUE; i++) {
            upstream.queued.add(new Socket(InetAddress.getLoopbackAddress(), upstream.server.getLocalPort()));
        }
        return upstream;
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// Waits until somebody has asked to connect, in vain.
    void awaitKnock() {
        Until.holds("somebody asks to connect", () -> knocking() >= 1);
    }

    /// Whether so many ask to connect at once, or will within a second.
    boolean isAskedBy(int clients) {
        long endNanos = System.nanoTime() + PATIENCE_NANOS;
        while (knocking() < clients && System.nanoTime() < endNanos) {
            Thread.onSpinWait();
        }
        return knocking() >= clients;
    }

    private long knocking() {
        String asked = "0100007F:%04X 02 ".formatted(server.getLocalPort());
        return CONNECTIONS.stream()
                .flatMap(SilentUpstream::lines)
                .filter(line -> line.contains(asked))
                .count();
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queued) {
            socket.close();
        }
        server.close();
    }
}
