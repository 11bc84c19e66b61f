package dev.changeover.benchmarks.recording;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// A provider whose streams say in each chunk when it was written; the first at once, the others at a steady pace.
final class StampingProvider implements AutoCloseable {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final ServerSocket server;
    private final int chunks;
    private final long gapNanos;

    StampingProvider(int chunks, long gapNanos) throws IOException {
        this.server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        this.chunks = chunks;
        this.gapNanos = gapNanos;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // it was closed
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            while (readRequest(in)) {
                stream(socket.getOutputStream());
            }
        } catch (IOException _) {
            // the other side went first
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int letter = in.read();
            if (letter < 0) {
                return false;
            }
            head.append((char) letter);
        }
        String length = head.toString().toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: *(\\d+).*", "$1");
        in.skipNBytes(Integer.parseInt(length));
        return true;
    }

    private void stream(OutputStream out) throws IOException {
        long start = System.nanoTime();
        write(out, HEAD);
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (long due = start + chunk * gapNanos; System.nanoTime() < due; ) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            write(
                    out,
                    piece("data: {\"choices\":[{\"delta\":{\"content\":\"%d \"}}]}\n\n".formatted(System.nanoTime())));
        }
        write(out, piece("data: [DONE]\n\n") + "0\r\n\r\n");
    }

    private static String piece(String text) {
        return "%x\r\n%s\r\n".formatted(text.length(), text);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
