package dev.changeover.harness.replay;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A peer that speaks HTTP/2 frame by frame, in plain, and does to each connection what its script says. Heads are
/// written without compression; those that come are not looked into.
final class Http2Peer implements Closeable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int ACK = 1;

    static final int INTERNAL_ERROR = 2;
    static final int REFUSED_STREAM = 7;

    private static final int PREFACE_BYTES = 24;
    private static final int MAX_STREAMS = 3;
    private static final int INITIAL_WINDOW = 4;

    interface Script {
        void serve(Line line) throws IOException, InterruptedException;
    }

    record Frame(int type, int flags, int stream, byte[] payload) {}

    private final FakePeer peer;
    private final List<Integer> asked = new CopyOnWriteArrayList<>();

    Http2Peer(Script script) throws IOException {
        this.peer = new FakePeer(line -> script.serve(new Line(line)));
    }

    int port() {
        return peer.port();
    }

    int connections() {
        return peer.connections();
    }

    /// Streams on which a request came, in order, over all connections.
    List<Integer> asked() {
        return asked;
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }

    /// One connection.
    final class Line {

        private final FakePeer.Line line;
        private final DataInputStream in;

        Line(FakePeer.Line line) {
            this.line = line;
            this.in = new DataInputStream(line.input());
        }

        /// The preface and settings of both sides, without a word of their own.
        void greet() throws IOException {
            readPreface();
            frame(SETTINGS, 0, 0);
        }

        /// @param streams allowed at once
        /// @param window that the client may fill of each stream before it is given more
        void greet(int streams, int window) throws IOException {
            readPreface();
            frame(
                    SETTINGS,
                    0,
                    0,
                    ByteBuffer.allocate(12)
                            .putShort((short) MAX_STREAMS)
                            .putInt(streams)
                            .putShort((short) INITIAL_WINDOW)
                            .putInt(window)
                            .array());
        }

        void readPreface() throws IOException {
            in.readFully(new byte[PREFACE_BYTES]);
        }

        /// The next frame that is not of the connection's own business.
        Frame read() throws IOException {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                Frame frame =
                        new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), in.readNBytes(length));
                if (frame.type() != SETTINGS && frame.type() != WINDOW_UPDATE && frame.type() != PING) {
                    return frame;
                }
            }
        }

        /// @return the stream of a request that is all there
        int readRequest() throws IOException {
            while (true) {
                Frame frame = read();
                if (frame.type() == HEADERS) {
                    asked.add(frame.stream());
                }
                if ((frame.type() == DATA || frame.type() == HEADERS) && (frame.flags() & END_STREAM) != 0) {
                    return frame.stream();
                }
            }
        }

        void answer(int stream, String events) throws IOException {
            head(stream, 200, "text/event-stream", 0);
            frame(DATA, END_STREAM, stream, events.getBytes(StandardCharsets.UTF_8));
        }

        void head(int stream, int status, String contentType, int flags) throws IOException {
            frame(HEADERS, END_HEADERS | flags, stream, fields(":status", "" + status, "content-type", contentType));
        }

        void reset(int stream, int code) throws IOException {
            frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
        }

        void goAway(int lastStream, int code) throws IOException {
            frame(
                    GOAWAY,
                    0,
                    0,
                    ByteBuffer.allocate(8).putInt(lastStream).putInt(code).array());
        }

        void frame(int type, int flags, int stream, byte... payload) throws IOException {
            line.write(ByteBuffer.allocate(9 + payload.length)
                    .put((byte) (payload.length >> 16))
                    .putShort((short) payload.length)
                    .put((byte) type)
                    .put((byte) flags)
                    .putInt(stream)
                    .put(payload)
                    .array());
        }

        void writeRaw(String text) throws IOException {
            line.write(text);
        }

        void cut() throws IOException {
            line.reset();
        }

        void awaitClosedByClient() {
            line.awaitClosedByClient();
        }
    }

    /// Names and values by turns, as literals that no table keeps.
    static byte[] fields(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            literal(block, namesAndValues[i]);
            literal(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /// Requests of a burst, for scripts that answer when all are there.
    static List<Integer> readRequests(Line line, int count) throws IOException {
        List<Integer> streams = new ArrayList<>();
        while (streams.size() < count) {
            streams.add(line.readRequest());
        }
        return streams;
    }
}
