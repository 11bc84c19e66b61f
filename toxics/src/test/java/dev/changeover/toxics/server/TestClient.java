package dev.changeover.toxics.server;

import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A TCP client for tests, that gives up after a generous while.
public final class TestClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SILENCE_MILLIS = 150;

    private final Socket socket;

    private TestClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    public static TestClient of(Proxy proxy) throws IOException {
        return to(proxy.getListen());
    }

    /// @param address host and port
    public static TestClient to(String address) throws IOException {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return new TestClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public Socket socket() {
        return socket;
    }

    public void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The next so many bytes; fewer at the end of the stream.
    public String hear(int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    public String ask(String text) throws IOException {
        say(text);
        return hear(text.length());
    }

    public boolean atEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    /// Whether nothing comes, not even an end, for a while.
    public boolean hearsNothing() throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
