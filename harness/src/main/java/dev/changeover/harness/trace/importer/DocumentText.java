package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.Lines;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// The text of a file for parsers that ask for a reader: UTF-8 or refused, without a byte order mark, and no more at
/// once than was allowed.
final class DocumentText extends Reader {

    /// What one entry of a document may hold, and any text in it: as much as a line of a log.
    static final int LONGEST = Lines.LONGEST_BYTES;

    static final int MOST_VALUES = 200_000;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final TraceFile file;
    private final InputStream content;
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
    private final CharBuffer chars = CharBuffer.allocate(1 << 13).flip();
    private boolean ended;
    private boolean begun;
    private long line = 1;
    private long since;

    DocumentText(TraceFile file) {
        this.file = file;
        this.content = file.open();
    }

    /// Lets [#LONGEST] characters come again: all that was read has been dealt with.
    void restart() {
        since = 0;
    }

    @Override
    public int read(char[] into, int offset, int length) {
        while (!chars.hasRemaining()) {
            if (!decode()) {
                return -1;
            }
        }
        int taken = Math.min(length, chars.remaining());
        chars.get(into, offset, taken);
        count(into, offset, taken);
        return taken;
    }

    /// False at the end.
    private boolean decode() {
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, ended);
        chars.flip();
        if (!begun && chars.hasRemaining()) {
            begun = true;
            chars.position(chars.get(0) == BYTE_ORDER_MARK ? 1 : 0);
        }
        if (chars.hasRemaining() || result.isOverflow()) {
            return true;
        }
        if (result.isError()) {
            throw new TraceException(file.path(), line, "is not UTF-8", "save the file as UTF-8");
        }
        if (!ended) {
            fill();
            return true;
        }
        return false;
    }

    private void count(char[] into, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            line += into[at] == '\n' ? 1 : 0;
        }
        since += length;
        if (since > LONGEST) {
            throw new TraceException(
                    file.path(),
                    line,
                    "something in it is longer than %d MiB".formatted(LONGEST >> 20),
                    "check that this is a recording, or take that out of it");
        }
    }

    private void fill() {
        try {
            bytes.compact();
            int read = content.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = read < 0;
            bytes.position(bytes.position() + Math.max(0, read));
            bytes.flip();
        } catch (IOException e) {
            throw file.problem(e);
        }
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw file.problem(e);
        }
    }
}
