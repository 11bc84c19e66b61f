package dev.changeover.harness.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A chunk's bytes apart from its piece of content: the chunks of a stream hardly differ in anything else.
///
/// One that has the shape of a chunk which was parsed says the same as that one but for its content, so it needs no
/// parser. Held to plain content: one string without escapes, in ASCII.
final class ChunkShape {

    private static final int LONGEST = 4096;

    private static final byte[] KEY = "\"content\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] chunk;
    private final int contentStart;
    private final int contentEnd;

    private ChunkShape(byte[] chunk, int contentStart, int contentEnd) {
        this.chunk = chunk;
        this.contentStart = contentStart;
        this.contentEnd = contentEnd;
    }

    /// The shape of a chunk; empty where it is long, where there is not exactly one key named content, or where its
    /// value is not plain.
    ///
    /// @param json a chunk that was parsed, and in which the value of that key was the only piece of content
    static Optional<ChunkShape> of(byte[] json, int offset, int length) {
        if (length > LONGEST) {
            return Optional.empty();
        }
        byte[] chunk = Arrays.copyOfRange(json, offset, offset + length);
        int key = indexOfKey(chunk, 0);
        if (key < 0 || indexOfKey(chunk, key + 1) >= 0) {
            return Optional.empty();
        }
        int colon = key + KEY.length;
        int start = colon + 2;
        if (start >= length || chunk[colon] != ':' || chunk[colon + 1] != '"') {
            return Optional.empty();
        }
        int end = plainEnd(chunk, start, length);
        return end < length && chunk[end] == '"' ? Optional.of(new ChunkShape(chunk, start, end)) : Optional.empty();
    }

    /// Where the content begins in a chunk of this shape.
    int contentStart() {
        return contentStart;
    }

    /// How long the content of this chunk is; negative where it has another shape.
    int contentLength(byte[] json, int offset, int length) {
        int after = chunk.length - contentEnd;
        int content = length - contentStart - after;
        int end = offset + contentStart + content;
        boolean fits = content >= 0
                && Arrays.equals(json, offset, offset + contentStart, chunk, 0, contentStart)
                && Arrays.equals(json, end, end + after, chunk, contentEnd, chunk.length)
                && plainEnd(json, offset + contentStart, end) == end;
        return fits ? content : -1;
    }

    private static int indexOfKey(byte[] chunk, int from) {
        for (int at = from; at + KEY.length <= chunk.length; at++) {
            if (chunk[at] == '"' && Arrays.equals(chunk, at, at + KEY.length, KEY, 0, KEY.length)) {
                return at;
            }
        }
        return -1;
    }

    /// The first byte that is no plain letter of a JSON string.
    private static int plainEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] != 0x7f) {
            at++;
        }
        return at;
    }
}
