package dev.changeover.harness.transport;

import dev.changeover.harness.scenario.ReadyTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy that is asked to CONNECT.
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Optional<String> answer;

    private ConnectProxy(Optional<String> answer) throws IOException {
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    /// Opens the way to whoever is asked for.
    public static ConnectProxy passing() throws IOException {
        return new ConnectProxy(Optional.empty());
    }

    /// Says these bytes, and waits.
    public static ConnectProxy answering(String bytes) throws IOException {
        return new ConnectProxy(Optional.of(bytes));
    }

    public int port() {
        return server.getLocalPort();
    }

    public ReadyTransport.Via via(Optional<ReadyTransport.Credentials> credentials) {
        return new ReadyTransport.Via("127.0.0.1", port(), credentials);
    }

    /// Heads of the requests that came.
    public List<String> asked() {
        return asked;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            asked.add(head);
            if (answer.isPresent()) {
                client.getOutputStream().write(answer.get().getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().read();
                return;
            }
            String[] wanted = head.split(" ")[1].split(":");
            try (Socket peer = new Socket(wanted[0], Integer.parseInt(wanted[1]))) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread.ofVirtual().start(() -> pass(peer, client));
                pass(client, peer);
            }
        } catch (IOException _) {
            // one side went first
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            // one side went first
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int letter = in.read();
            if (letter < 0) {
                throw new IOException("the client closed");
            }
            head.append((char) letter);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
