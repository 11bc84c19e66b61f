package dev.changeover.harness.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The lines of a file as bytes, one after the other, each in a buffer that the next one overwrites.
/// Lines end with LF or CRLF; a byte order mark is skipped; every line is valid UTF-8.
public final class Lines implements AutoCloseable {

    public static final int LONGEST_BYTES = 16 << 20;

    private final TraceFile file;
    private final InputStream content;
    private final CharBuffer decoded = CharBuffer.allocate(4096);
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private int following;
    private int filled;
    private boolean ended;
    private boolean terminated;
    private long number;

    /// @throws TraceException when the file cannot be read
    public Lines(TraceFile file) {
        this.file = file;
        this.content = file.open();
    }

    /// Moves to the next line; false at the end of the file.
    public boolean next() {
        start = following;
        int at = start;
        while (true) {
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            if (at - start > LONGEST_BYTES) {
                number++;
                throw problem(
                        "the line is longer than %d MiB".formatted(LONGEST_BYTES >> 20),
                        "check that this is a text file with one request on each line");
            }
            if (at < filled || ended) {
                return take(at);
            }
            at -= makeRoom();
            fill();
        }
    }

    public byte[] buffer() {
        return buffer;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    /// From 1.
    public long number() {
        return number;
    }

    /// False for a last line without a line end, which may be a part of a line.
    public boolean terminated() {
        return terminated;
    }

    public boolean isBlank() {
        for (int at = start; at < end; at++) {
            if (buffer[at] != ' ' && buffer[at] != '\t') {
                return false;
            }
        }
        return true;
    }

    public TraceFile file() {
        return file;
    }

    /// An error at this line.
    public TraceException problem(String what, String remedy) {
        return new TraceException(file.path(), number, what, remedy);
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw file.problem(e);
        }
    }

    private boolean take(int lineEnd) {
        if (lineEnd == start && ended && lineEnd == filled) {
            return false;
        }
        number++;
        terminated = lineEnd < filled;
        following = terminated ? lineEnd + 1 : lineEnd;
        end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        if (number == 1 && end - start >= 3 && buffer[start] == (byte) 0xef && buffer[start + 1] == (byte) 0xbb) {
            start += buffer[start + 2] == (byte) 0xbf ? 3 : 0;
        }
        requireUtf8();
        return true;
    }

    private int makeRoom() {
        int moved = start;
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            start = 0;
        } else if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        return moved;
    }

    private void fill() {
        try {
            int read = content.read(buffer, filled, buffer.length - filled);
            ended = read < 0;
            filled += Math.max(0, read);
        } catch (IOException e) {
            throw file.problem(e);
        }
    }

    private void requireUtf8() {
        int at = start;
        while (at < end && buffer[at] >= 0) {
            at++;
        }
        if (at == end) {
            return;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, at, end - at);
        CoderResult result;
        do {
            decoded.clear();
            result = decoder.decode(bytes, decoded, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw problem(
                    "byte %d of the line is not UTF-8".formatted(bytes.position() - start + 1),
                    "save the file as UTF-8");
        }
    }
}
