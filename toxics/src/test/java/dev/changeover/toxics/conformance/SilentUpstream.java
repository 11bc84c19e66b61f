package dev.changeover.toxics.conformance;

import dev.changeover.toxics.server.TestUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// An upstream whose machine does not answer those who want to connect: the queue of its listening socket is full.
final class SilentUpstream implements AutoCloseable {

    private static final int QUEUE = 1;
    /// Linux's tables of connections, where one that is asked for and not answered is in state 02.
    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

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
        String asked = "0100007F:%04X 02 ".formatted(server.getLocalPort());
        Until.holds("somebody asks to connect", () -> CONNECTIONS.stream().anyMatch(table -> contains(table, asked)));
    }

    private static boolean contains(Path table, String line) {
        try {
            return Files.readString(table).contains(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Answers from now on, and does that with each client, in the order in which they got through. Who was not
    /// answered asks again after a second.
    void answer(TestUpstream.Talk talk) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    if (queued.stream().noneMatch(own -> own.getLocalPort() == client.getPort())) {
                        talk(talk, client);
                    }
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    private static void talk(TestUpstream.Talk talk, Socket client) {
        try (client) {
            talk.with(client);
        } catch (IOException _) {
            // the test is over
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
