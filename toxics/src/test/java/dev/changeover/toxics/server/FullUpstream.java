package dev.changeover.toxics.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/// An upstream that accepts nobody and whose backlog is full: a dial hangs there.
final class FullUpstream implements AutoCloseable {

    private static final int SILENCE_MILLIS = 200;
    private static final int MORE_THAN_FIT = 64;

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> waiting = new ArrayList<>();

    FullUpstream() throws IOException {
        for (int i = 0; i < MORE_THAN_FIT; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), SILENCE_MILLIS);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
        throw new IllegalStateException("a backlog of 1 took %d connections".formatted(MORE_THAN_FIT));
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        server.close();
    }
}
