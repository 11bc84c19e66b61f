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
    private static final String CONTENT = "\"content\":\"";
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
                skipHead(in);
                read(in, sent);
            }
        } catch (IOException e) {
            System.err.println("a client failed: " + e);
        }
    }

    /// Chunks of HTTP may begin and end anywhere in an event: a proxy passes on what has come.
    private void read(InputStream in, long sent) throws IOException {
        StringBuilder line = new StringBuilder();
        boolean begun = false;
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            for (int left = size; left > 0; left--) {
                int letter = in.read();
                if (letter != '\n') {
                    line.append((char) letter);
                    continue;
                }
                int content = line.indexOf(CONTENT);
                if (content >= 0) {
                    long now = System.nanoTime();
                    int from = content + CONTENT.length();
                    chunk.recordValue(now - Long.parseLong(line, from, line.indexOf(" ", from), 10));
                    if (!begun) {
                        first.recordValue(now - sent);
                        begun = true;
                    }
                }
                line.setLength(0);
            }
            in.skipNBytes(2);
        }
        in.skipNBytes(2);
    }

    private static void skipHead(InputStream in) throws IOException {
        for (int last = 0; last != 0x0d0a0d0a; ) {
            int letter = in.read();
            if (letter < 0) {
                throw new IOException("the stream ended");
            }
            last = last << 8 | letter;
        }
    }

    private static int chunkSize(InputStream in) throws IOException {
        StringBuilder size = new StringBuilder();
        while (size.indexOf("\n") < 0) {
            int letter = in.read();
            if (letter < 0) {
                throw new IOException("the stream ended");
            }
            size.append((char) letter);
        }
        return Integer.parseInt(size.toString().strip(), 16);
    }
}
