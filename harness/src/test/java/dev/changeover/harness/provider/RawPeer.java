package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A provider of raw bytes: reads one request a connection, then does as its script says.
public final class RawPeer implements AutoCloseable {

    public interface Script {
        void play(Socket socket) throws IOException, InterruptedException;
    }

    public final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final ServerSocket server;

    public RawPeer(Script script) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> accept(script));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    public static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket, script));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            requests.add(readMessage(socket.getInputStream()));
            script.play(socket);
        } catch (IOException | InterruptedException _) {
            // the other side went first
        }
    }

    /// Headers and as much body as they announce; less when the peer stops.
    static String readMessage(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int letter = in.read();
            if (letter < 0) {
                return head.toString();
            }
            head.append((char) letter);
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(in.readNBytes(length), UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
