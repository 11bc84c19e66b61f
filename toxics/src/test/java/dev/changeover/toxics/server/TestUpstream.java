package dev.changeover.toxics.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A TCP server for tests, on a free port of the loopback: what it says to each client is the test's.
public final class TestUpstream implements AutoCloseable {

    private final ServerSocket server;

    private TestUpstream(ServerSocket server) {
        this.server = server;
    }

    /// What it does with one client; the socket is closed afterwards.
    public interface Talk {
        void with(Socket client) throws IOException;
    }

    public static TestUpstream thatDoes(Talk talk) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> talk(talk, client));
                } catch (IOException _) {
                    return;
                }
            }
        });
        return new TestUpstream(server);
    }

    private static void talk(Talk talk, Socket client) {
        try (client) {
            talk.with(client);
        } catch (IOException _) {
            // the test broke the connection, and asserts on its own end of it
        }
    }

    /// Says everything back, and ends when the client does.
    public static TestUpstream echo() throws IOException {
        return thatDoes(client -> client.getInputStream().transferTo(client.getOutputStream()));
    }

    /// As a proxy's upstream is written.
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
