package dev.changeover.harness.wire;

import java.util.Arrays;

/// Splits the bytes of a `text/event-stream` into the data of its events, however the bytes were cut on the way.
///
/// Lines end with CR, LF or both; comments and every field but `data` are ignored; the data lines of one event are
/// joined by LF; a byte order mark at the start is skipped. An event that arrives in one piece is not copied.
public final class SseParser {

    /// Takes the data of one event; the buffer is its own only during the call.
    @FunctionalInterface
    public interface Sink {
        void data(byte[] buffer, int offset, int length);
    }

    /// The longest line, and the most data of one event, in bytes.
    public static final int BOUND = 1 << 20;

    private static final byte[] NOTHING = {};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Sink sink;
    private byte[] line = NOTHING;
    private int lineLength;
    private byte[] event = NOTHING;
    private byte[] data;
    private int dataOffset;
    private int dataLength;
    private boolean afterReturn;
    private boolean firstLine = true;

    public SseParser(Sink sink) {
        this.sink = sink;
    }

    /// @throws MalformedStreamException when a line or an event is longer than [#BOUND]
    public void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int start = offset;
        for (int at = offset; at < end; at++) {
            byte letter = bytes[at];
            if (letter != '\n' && letter != '\r') {
                afterReturn = false;
                continue;
            }
            if (letter == '\n' && afterReturn) {
                afterReturn = false;
            } else {
                afterReturn = letter == '\r';
                endLine(bytes, start, at - start);
            }
            start = at + 1;
        }
        keepLine(bytes, start, end - start);
        if (data != null && data != event) {
            keepData(0);
        }
    }

    /// The stream ended where it should: hands on an event whose closing blank line was left out.
    public void end() {
        if (lineLength > 0) {
            endLine(NOTHING, 0, 0);
        }
        endLine(NOTHING, 0, 0);
    }

    private void endLine(byte[] bytes, int offset, int length) {
        if (lineLength == 0) {
            if (length > BOUND) {
                throw tooLong();
            }
            takeLine(bytes, offset, length);
        } else {
            keepLine(bytes, offset, length);
            int whole = lineLength;
            lineLength = 0;
            takeLine(line, 0, whole);
            if (data == line) {
                keepData(0);
            }
        }
    }

    private void takeLine(byte[] bytes, int offset, int length) {
        int start = offset;
        if (firstLine) {
            firstLine = false;
            start += startsWith(bytes, offset, length, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
        }
        int end = offset + length;
        if (start == end) {
            dispatch();
        } else if (isData(bytes, start, end)) {
            int value = Math.min(start + "data:".length(), end);
            takeData(bytes, value < end && bytes[value] == ' ' ? value + 1 : value, end);
        }
    }

    private void takeData(byte[] bytes, int start, int end) {
        if (data == null) {
            data = bytes;
            dataOffset = start;
            dataLength = end - start;
            return;
        }
        int more = end - start;
        keepData(more + 1);
        event[dataLength++] = '\n';
        System.arraycopy(bytes, start, event, dataLength, more);
        dataLength += more;
    }

    private void dispatch() {
        if (data != null) {
            byte[] whole = data;
            data = null;
            sink.data(whole, dataOffset, dataLength);
        }
    }

    private void keepLine(byte[] bytes, int offset, int length) {
        if (lineLength + (long) length > BOUND) {
            throw tooLong();
        }
        line = grown(line, lineLength, length);
        System.arraycopy(bytes, offset, line, lineLength, length);
        lineLength += length;
    }

    private void keepData(int room) {
        if (dataLength + (long) room > BOUND) {
            throw tooLong();
        }
        event = data == event ? grown(event, dataLength, room) : grown(event, 0, dataLength + room);
        if (data != event) {
            System.arraycopy(data, dataOffset, event, 0, dataLength);
        }
        data = event;
        dataOffset = 0;
    }

    private static byte[] grown(byte[] buffer, int used, int more) {
        int needed = used + more;
        return needed <= buffer.length ? buffer : Arrays.copyOf(buffer, Math.max(needed, 2 * buffer.length));
    }

    private static boolean isData(byte[] bytes, int start, int end) {
        return end - start >= 4
                && bytes[start] == 'd'
                && bytes[start + 1] == 'a'
                && bytes[start + 2] == 't'
                && bytes[start + 3] == 'a'
                && (end - start == 4 || bytes[start + 4] == ':');
    }

    private static boolean startsWith(byte[] bytes, int offset, int length, byte[] prefix) {
        return length >= prefix.length
                && Arrays.equals(bytes, offset, offset + prefix.length, prefix, 0, prefix.length);
    }

    private static MalformedStreamException tooLong() {
        return new MalformedStreamException("a line or an event is longer than " + BOUND + " bytes");
    }
}
