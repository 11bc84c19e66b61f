package dev.changeover.harness.replay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A peer on a real socket that does to each connection what its script says.
final class FakePeer implements Closeable {

    /// What it does with a connection; when it returns or throws, the connection is closed.
    interface Script {
        void serve(Line line) throws IOException, InterruptedException;
    }

    record Received(String head, String body) {

        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private final ServerSocket server;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    FakePeer(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// Answers every request on every connection with the same bytes.
    static FakePeer answering(String answer) throws IOException {
        return new FakePeer(line -> {
            while (true) {
                line.read();
                line.write(answer);
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    List<Received> received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(new Line(socket));
        } catch (IOException | InterruptedException _) {
            // the client went away, or the test is over
        }
    }

    /// One connection.
    final class Line {
        private final Socket socket;
        private final InputStream in;

        Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /// The next request, once it is all there.
        Received read() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                int letter = in.read();
                if (letter < 0) {
                    throw new IOException("the client closed");
                }
                head.write(letter);
            }
            Received headOnly = new Received(head.toString(StandardCharsets.US_ASCII), "");
            int length = Integer.parseInt(headOnly.header("Content-Length"));
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            Received request = new Received(headOnly.head(), body);
            received.add(request);
            return request;
        }

        InputStream input() {
            return in;
        }

        OutputStream output() throws IOException {
            return socket.getOutputStream();
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        void chunk(byte[] bytes) throws IOException {
            write(Integer.toHexString(bytes.length) + "\r\n");
            write(bytes);
            write("\r\n");
        }

        /// Returns when the client has closed its side; with bytes that it never read, closing is a reset.
        void awaitClosedByClient() {
            try {
                while (in.read() >= 0) {
                    // whatever it still sends
                }
            } catch (IOException _) {
                // closed all the same
            }
        }

        /// Says that nothing more will come.
        void endOutput() throws IOException {
            socket.shutdownOutput();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
