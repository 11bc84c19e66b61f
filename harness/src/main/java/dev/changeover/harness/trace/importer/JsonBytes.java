package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of a JSON file for a parser that is not to run ahead: a read never goes past the end of a line, where it
/// may be told to end.
final class JsonBytes extends InputStream {

    private final InputStream content;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private boolean ended;
    private boolean atLineStart = true;
    private boolean byLine;
    private long lines;

    JsonBytes(TraceFile file) {
        this.content = file.open();
    }

    /// Says from now on at each end of a line that there is no more, until the next line is asked for.
    void endAtLines() {
        byLine = true;
    }

    /// How many lines have come to their end.
    long lines() {
        return lines;
    }

    /// Whether the end of the file has been seen.
    boolean ended() {
        return ended && at == filled;
    }

    /// Passes over what is left of a line of which a part has come; false when there is no other.
    boolean nextLine() throws IOException {
        while (!atLineStart && (at < filled || fill())) {
            atLineStart = buffer[at++] == '\n';
            lines += atLineStart ? 1 : 0;
        }
        boolean more = at < filled || fill();
        atLineStart = false;
        return more;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (byLine && atLineStart || at == filled && !fill()) {
            return -1;
        }
        int most = Math.min(length, filled - at);
        int count = 0;
        boolean lineEnds = false;
        while (count < most && !lineEnds) {
            lineEnds = buffer[at + count++] == '\n';
        }
        System.arraycopy(buffer, at, bytes, offset, count);
        at += count;
        lines += lineEnds ? 1 : 0;
        atLineStart = lineEnds;
        return count;
    }

    private boolean fill() throws IOException {
        int read = ended ? -1 : content.read(buffer, 0, buffer.length);
        ended = read < 0;
        at = 0;
        filled = Math.max(0, read);
        return !ended;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
