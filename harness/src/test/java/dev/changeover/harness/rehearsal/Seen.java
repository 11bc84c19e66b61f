package dev.changeover.harness.rehearsal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a client saw of one answer. Text is one character a byte.
///
/// @param status 0: none came
/// @param headers by name in lower case
/// @param body as far as it came, out of its chunks
/// @param firstBody from the question to the first of the body
/// @param last from the question to the last byte
record Seen(int status, Map<String, String> headers, String body, End end, Duration firstBody, Duration last) {

    enum End {
        COMPLETE,
        REFUSED,
        /// The other side said that no more will come.
        CLOSED,
        RESET,
        /// Nothing came any more while anybody waited.
        SILENT
    }

    static Seen of(byte[] bytes, End end, Duration firstBody, Duration last) {
        String text = new String(bytes, ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return new Seen(0, Map.of(), "", end, firstBody, last);
        }
        Map<String, String> headers = new TreeMap<>();
        text.substring(0, head).lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        });
        int status = Integer.parseInt(text.substring(9, 12));
        String rest = text.substring(head + 4);
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return unchunked(rest, new Seen(status, headers, "", end, firstBody, last));
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Seen(status, headers, rest, rest.length() >= length ? End.COMPLETE : end, firstBody, last);
    }

    private static Seen unchunked(String text, Seen headOnly) {
        StringBuilder body = new StringBuilder();
        String rest = text;
        while (rest.contains("\r\n")) {
            int size = Integer.parseInt(rest.substring(0, rest.indexOf("\r\n")).strip(), 16);
            rest = rest.substring(rest.indexOf("\r\n") + 2);
            if (size == 0) {
                return headOnly.with(body.toString(), rest.startsWith("\r\n") ? End.COMPLETE : headOnly.end());
            }
            body.append(rest, 0, Math.min(size, rest.length()));
            rest = rest.substring(Math.min(size + 2, rest.length()));
        }
        return headOnly.with(body.toString(), headOnly.end());
    }

    private Seen with(String itsBody, End itsEnd) {
        return new Seen(status, headers, itsBody, itsEnd, firstBody, last);
    }

    boolean isComplete() {
        return end == End.COMPLETE;
    }

    /// As the replay client judges it; where there was no answer, how it ended.
    String outcome() {
        if (status == 0) {
            return end.name().toLowerCase(Locale.ROOT);
        }
        return switch (judged()) {
            case Outcome.Served _ -> "served";
            case Outcome.Cancelled _ -> throw new AssertionError("nobody cancelled it");
            case Outcome.Failed(var kind) -> kind.word();
        };
    }

    private Outcome judged() {
        AnswerReader reader = AnswerReader.withoutCounting(status, headers.get("content-type"));
        byte[] bytes = body.getBytes(ISO_8859_1);
        reader.feed(bytes, 0, bytes.length);
        return reader.finish(isComplete()).outcome();
    }

    /// Events of a stream that hold a piece of its text.
    long pieces() {
        return body.lines()
                .filter(line -> line.startsWith("data:") && line.matches(".*\"content\":\"[^\"].*"))
                .count();
    }
}
