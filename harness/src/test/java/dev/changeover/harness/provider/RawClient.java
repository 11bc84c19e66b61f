package dev.changeover.harness.provider;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/// A client of a proxy that sees every byte.
public final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(Tap tap) throws IOException {
        this(tap.port());
    }

    public RawClient(int port) throws IOException {
        this.socket = new Socket("127.0.0.1", port);
    }

    /// Asks a question in a stream or whole, on a connection that it wants to keep.
    RawClient ask(boolean stream) throws IOException {
        return ask(stream, 1);
    }

    RawClient ask(boolean stream, long number) throws IOException {
        return post(question(stream, number), "");
    }

    /// All that it gets on a connection that it wants to be closed.
    String lastAnswer(boolean stream) throws IOException {
        return post(question(stream, 1), "Connection: close\r\n").readAll();
    }

    public RawClient post(String body, String headers) throws IOException {
        return say("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private static String question(boolean stream, long number) {
        return "{\"model\":\"m \\\"2\\\"\",\"messages\":[{\"role\":\"user\",\"content\":\"count\"}],\"stream\":"
                + stream + ",\"stream_options\":{\"include_usage\":true},\"user\":\"changeover-q" + number + "\"}";
    }

    public RawClient get(String path) throws IOException {
        return say("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    public RawClient say(String text) throws IOException {
        RawPeer.say(socket, text);
        return this;
    }

    public String readUntil(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int letter = socket.getInputStream().read();
            if (letter < 0) {
                throw new IOException("ended before '" + end + "': " + text);
            }
            text.append((char) letter);
        }
        return text.toString();
    }

    /// All that comes before the connection is closed, however that is done.
    public String readAll() throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int letter = socket.getInputStream().read();
                    letter >= 0;
                    letter = socket.getInputStream().read()) {
                text.append((char) letter);
            }
        } catch (SocketException _) {
            return text.toString();
        }
        return text.toString();
    }

    boolean hasBytes() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
