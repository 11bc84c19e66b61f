package dev.changeover.harness.transport;

import static dev.changeover.harness.wire.ErrorKind.EMPTY_ANSWER;
import static dev.changeover.harness.wire.ErrorKind.MALFORMED;
import static dev.changeover.harness.wire.ErrorKind.TRUNCATED_STREAM;

import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Answers over HTTP/1.1 that are not as they should be, and what a client has to make of each.
public final class BadAnswers {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String EVENTS = OK + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String JSON = OK + "Content-Type: application/json\r\n";
    private static final String BODY = "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},"
            + "\"finish_reason\":\"stop\"}]}";
    private static final String LETTERS = "x".repeat(64 << 10);

    public static final List<BadAnswer> ALL = List.of(
            failing("a negative chunk size", EVENTS + "-1\r\n", MALFORMED),
            failing("a chunk size over every number", EVENTS + "FFFFFFFFFFFFFFFFFF\r\n", MALFORMED),
            failing("a chunk size that is none", EVENTS + "\r\n\r\n", MALFORMED),
            endless("an extension of a chunk without end", EVENTS + "5;", LETTERS, MALFORMED),
            endless("trailers without end", EVENTS + "0\r\n", "X-More: and more\r\n".repeat(1000), MALFORMED),
            endless("headers without end", OK, "X-More: and more\r\n".repeat(1000), MALFORMED),
            endless("a first line without end", "HTTP/1.1 200 ", LETTERS, MALFORMED),
            endless("answers before the answer without end", "", "HTTP/1.1 103 Hints\r\n\r\n".repeat(100), MALFORMED),
            endless("a line of events without end", EVENTS, chunk("data: " + LETTERS), MALFORMED),
            failing("two lengths", JSON + "Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + BODY, MALFORMED),
            failing("a negative length", JSON + "Content-Length: -5\r\n\r\n" + BODY, MALFORMED),
            failing("a length over every number", JSON + "Content-Length: 99999999999999999999\r\n\r\n", MALFORMED),
            failing("a length that is too large", JSON + length(BODY.length() + 10) + BODY, TRUNCATED_STREAM),
            failing("a length that is too small", JSON + length(BODY.length() - 10) + BODY, MALFORMED),
            failing(
                    "a body encoded twice",
                    JSON + "Transfer-Encoding: gzip, chunked\r\n\r\n" + chunk("\u001f\u008b\u0008") + "0\r\n\r\n",
                    MALFORMED),
            failing(
                    "a redirect",
                    "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                    MALFORMED),
            failing("another protocol", "HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", MALFORMED),
            failing("no text at all", JSON + length(0), EMPTY_ANSWER),
            failing("NULs", JSON + length(4) + "\0\0\0\0", MALFORMED),
            failing("bytes that are no UTF-8", JSON + length(3) + "\u00ff\u00fe\u00fd", MALFORMED),
            served("an older version that closes", "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + BODY));

    private BadAnswers() {}

    /// Takes bytes, until it throws because nobody reads any more.
    public interface Said {
        void sayTo(OutputStream out) throws IOException;
    }

    public record BadAnswer(String name, Said said, Outcome outcome) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static BadAnswer failing(String name, String bytes, ErrorKind kind) {
        return new BadAnswer(name, out -> say(out, bytes), new Outcome.Failed(kind));
    }

    private static BadAnswer served(String name, String bytes) {
        return new BadAnswer(name, out -> say(out, bytes), Outcome.SERVED);
    }

    private static BadAnswer endless(String name, String beginning, String again, ErrorKind kind) {
        return new BadAnswer(
                name,
                out -> {
                    say(out, beginning);
                    while (true) {
                        say(out, again);
                    }
                },
                new Outcome.Failed(kind));
    }

    private static void say(OutputStream out, String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static String length(int bytes) {
        return "Content-Length: " + bytes + "\r\n\r\n";
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
