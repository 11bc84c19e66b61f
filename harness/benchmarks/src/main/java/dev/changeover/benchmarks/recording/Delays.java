package dev.changeover.benchmarks.recording;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Asks for streams over connections that are kept, and holds the moment at which each chunk was read against the
/// moment that it says it was written. In nanoseconds.
///
/// @param first from the sending of the request to the reading of the first chunk
/// @param chunk from the writing of a chunk to its reading
record Delays(Histogram first, Histogram chunk) {

    private static final long MOST_NANOS = 60_000_000_000L;
    private static final byte[] BODY =
            ("{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                            + "Tell me of it all, please. ".repeat(40) + "\"}]}")
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD =
            ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer none\r\n" + "Content-Length: "
                            + BODY.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    /// @param streams one after the other on each connection
    static Delays of(int port, int connections, int streams) throws InterruptedException {
        Delays delays = new Delays(new ConcurrentHistogram(MOST_NANOS, 3), new ConcurrentHistogram(MOST_NANOS, 3));
        List<Thread> clients = new ArrayList<>();
        for (int connection = 0; connection < connections; connection++) {
            clients.add(Thread.ofPlatform().start(() -> delays.ask(port, streams)));
        }
        for (Thread client : clients) {
            client.join();
        }
        if (delays.first().getTotalCount() != (long) connections * streams) {
            throw new IllegalStateException(
                    "%d of %d streams began".formatted(delays.first().getTotalCount(), connections * streams));
        }
        return delays;
    }

    private void ask(int port, int streams) {
        try (Socket socket = new Socket("127.0.0.1", port);
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            socket.setTcpNoDelay(true);
            byte[] request = new byte[HEAD.length + BODY.length];
            System.arraycopy(HEAD, 0, request, 0, HEAD.length);
            System.arraycopy(BODY, 0, request, HEAD.length, BODY.length);
            for (int stream = 0; stream < streams; stream++) {
                long sent = System.nanoTime();
                socket.getOutputStream().write(request);
                read(in, sent);
            }
        } catch (IOException e) {
            System.err.println("a client failed: " + e);
        }
    }

    private void read(InputStream in, long sent) throws IOException {
        StringBuilder line = new StringBuilder();
        boolean begun = false;
        boolean done = false;
        while (true) {
            int letter = in.read();
            if (letter < 0) {
                throw new IOException("the stream ended");
            }
            if (letter != '\n') {
                line.append((char) letter);
                continue;
            }
            int content = line.indexOf("\"content\":\"");
            if (content >= 0) {
                long now = System.nanoTime();
                int from = content + "\"content\":\"".length();
                chunk.recordValue(now - Long.parseLong(line, from, line.indexOf(" ", from), 10));
                if (!begun) {
                    first.recordValue(now - sent);
                    begun = true;
                }
            }
            done |= line.indexOf("[DONE]") >= 0;
            if (done && line.toString().strip().equals("0")) {
                in.skipNBytes(2);
                return;
            }
            line.setLength(0);
        }
    }
}
