package dev.changeover.harness.gateway.server;

import dev.changeover.harness.scenario.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// A provider on a real socket that does as it is told, byte by byte.
final class FakeProvider implements AutoCloseable {

    record Received(String head, String body) {
        boolean isProbe() {
            return head.startsWith("GET /v1/models ");
        }

        Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase().startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    /// Answers one chat request; returning closes nothing.
    @FunctionalInterface
    interface Behaviour {
        void answer(Connection connection, Received request) throws IOException, InterruptedException;
    }

    static final int SILENT = 0;

    final List<Received> chats = new CopyOnWriteArrayList<>();
    final BlockingQueue<String> closedByGateway = new LinkedBlockingQueue<>();
    volatile Behaviour behaviour;
    volatile int probeStatus = 200;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private FakeProvider(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
    }

    static FakeProvider start(Behaviour behaviour) throws IOException {
        FakeProvider provider = new FakeProvider(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), behaviour);
        Thread.ofVirtual().start(provider::accept);
        return provider;
    }

    ReferenceGateway.Upstream upstream(String model) {
        Provider.Source source = new Provider.Source.Real(URI.create("http://127.0.0.1/v1"), Optional.empty());
        Provider provider = new Provider(source, Map.of("gpt-4.1", model), Optional.empty());
        return new ReferenceGateway.Upstream("127.0.0.1", server.getLocalPort(), provider);
    }

    int connections() {
        return sockets.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (SocketException _) {
            // closed by the test
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Connection connection = new Connection(socket);
            Optional<Received> request = connection.read();
            while (request.isPresent()) {
                if (request.get().isProbe() && probeStatus == SILENT) {
                    connection.staySilent();
                } else if (request.get().isProbe()) {
                    connection.json(probeStatus, "{\"object\":\"list\",\"data\":[]}");
                } else {
                    chats.add(request.get());
                    behaviour.answer(connection, request.get());
                }
                request = connection.read();
            }
            closedByGateway.add("end of stream");
        } catch (IOException e) {
            closedByGateway.add(e.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /// One connection of the gateway's.
    static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        /// Empty at the end of the stream.
        Optional<Received> read() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return Optional.empty();
                }
                head.append((char) next);
            }
            Received headOnly = new Received(head.toString(), "");
            int length =
                    headOnly.header("content-length").map(Integer::parseInt).orElse(0);
            return Optional.of(
                    new Received(head.toString(), new String(in.readNBytes(length), StandardCharsets.UTF_8)));
        }

        void raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void json(int status, String body, String... headers) throws IOException {
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 %d X\r\ncontent-type: application/json\r\n".formatted(status));
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            raw(head + "content-length: " + body.length() + "\r\n\r\n" + body);
        }

        void startSse() throws IOException {
            raw("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
        }

        void chunk(String text) throws IOException {
            raw(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }

        void endChunks() throws IOException {
            raw("0\r\n\r\n");
        }

        void sse(String... events) throws IOException {
            startSse();
            for (String event : events) {
                chunk(event);
            }
            endChunks();
        }

        /// Accepts what comes and never says a word.
        void staySilent() throws IOException {
            while (in.read() >= 0) {
                continue;
            }
            throw new IOException("the gateway closed a silent connection");
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        void end() throws IOException {
            socket.close();
        }
    }
}
