package dev.changeover.harness.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/// A client that tells everything it saw: the bytes, when they came, and how it ended.
final class Caller implements AutoCloseable {

    /// What it asks for.
    enum Ask {
        STREAM(true),
        WHOLE(true),
        /// A stream, with a tool to call.
        TOOL(true),
        MODELS(false);

        final boolean completion;

        Ask(boolean completion) {
            this.completion = completion;
        }
    }

    static final String MODEL = "gpt-4.1";
    private static final int TOKENS = 12;
    private static final Duration CONNECTING = Duration.ofSeconds(20);

    private final Optional<Socket> socket;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long askedNanos;
    private long lastByteNanos;
    private long firstBodyNanos;

    private Caller(Optional<Socket> socket) {
        this.socket = socket;
    }

    /// A refused connection is something that it saw.
    static Caller connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) CONNECTING.toMillis());
            return new Caller(Optional.of(socket));
        } catch (ConnectException _) {
            socket.close();
            return new Caller(Optional.empty());
        }
    }

    /// Asks on the connection that is there, and reads what comes until `patience` passes without anything.
    ///
    /// @param number of the request, by which faults address it
    Seen ask(Ask what, long number, Duration patience) throws IOException {
        bytes.reset();
        askedNanos = System.nanoTime();
        firstBodyNanos = 0;
        lastByteNanos = askedNanos;
        if (socket.isEmpty()) {
            return seen(Seen.End.REFUSED);
        }
        try {
            socket.get().getOutputStream().write(request(what, number));
        } catch (IOException _) {
            return seen(Seen.End.RESET);
        }
        return goOn(patience);
    }

    /// Reads on after a silence; all of the answer is told, with what came before.
    Seen goOn(Duration patience) throws IOException {
        if (socket.isEmpty()) {
            return seen(Seen.End.REFUSED);
        }
        socket.get().setSoTimeout((int) patience.toMillis());
        byte[] piece = new byte[64 << 10];
        while (!seen(Seen.End.SILENT).isComplete()) {
            int read;
            try {
                read = socket.get().getInputStream().read(piece);
            } catch (SocketTimeoutException _) {
                return seen(Seen.End.SILENT);
            } catch (IOException _) {
                return seen(Seen.End.RESET);
            }
            if (read < 0) {
                return seen(Seen.End.CLOSED);
            }
            lastByteNanos = System.nanoTime();
            bytes.write(piece, 0, read);
            if (firstBodyNanos == 0 && !seen(Seen.End.SILENT).body().isEmpty()) {
                firstBodyNanos = lastByteNanos;
            }
        }
        return seen(Seen.End.COMPLETE);
    }

    private Seen seen(Seen.End end) {
        return Seen.of(
                bytes.toByteArray(),
                end,
                Duration.ofNanos(firstBodyNanos == 0 ? 0 : firstBodyNanos - askedNanos),
                Duration.ofNanos(lastByteNanos - askedNanos));
    }

    private static byte[] request(Ask what, long number) {
        String head =
                "Host: 127.0.0.1\r\nAuthorization: Bearer none\r\nx-changeover-id: changeover-q" + number + "\r\n";
        if (!what.completion) {
            return ("GET /v1/models HTTP/1.1\r\n" + head + "\r\n").getBytes(UTF_8);
        }
        String body =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Say something.\"}],\"max_tokens\":%d%s%s}"
                        .formatted(
                                MODEL,
                                TOKENS,
                                what == Ask.WHOLE ? "" : ",\"stream\":true",
                                what == Ask.TOOL
                                        ? ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}],\"tool_choice\":\"required\""
                                        : "");
        return ("POST /v1/chat/completions HTTP/1.1\r\n" + head + "Content-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (socket.isPresent()) {
            socket.get().close();
        }
    }
}
