package dev.changeover.harness.rehearsal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.http.HttpFault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

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
        AnswerReader reader = reader();
        byte[] bytes = body.getBytes(ISO_8859_1);
        reader.feed(bytes, 0, bytes.length);
        return reader.finish(isComplete()).outcome();
    }

    /// Status and outcome, and whatever is unusual about them.
    String inWords(Caller.Ask ask) {
        if (status == 0) {
            return outcome();
        }
        StringBuilder words = new StringBuilder().append(status).append(' ');
        boolean list = status == 200 && ask == Caller.Ask.MODELS && body.contains("\"data\"");
        words.append(list ? "served" : outcome());
        if (headers.containsKey("retry-after")) {
            words.append(", retry after ").append(retryAfter(headers.get("retry-after")));
        }
        boolean broken = !outcome().equals("served") && !outcome().equals("empty_answer");
        if (isStream() && broken && pieces() > 0) {
            words.append(", ").append(pieces()).append(" pieces");
        }
        if (outcome().equals("served")) {
            words.append(unusual());
        }
        if (outcome().equals("empty_answer")) {
            words.append(", ").append(whatNothingIs());
        }
        if (isCutInHalf()) {
            words.append(", half of it");
        }
        return words.append(isComplete() ? "" : ", " + end.name().toLowerCase(Locale.ROOT))
                .toString();
    }

    private String unusual() {
        String by = after("\"model\":\"").orElse(Caller.MODEL);
        return (by.equals(Caller.MODEL) ? "" : ", by " + by)
                + (body.contains("\"finish_reason\":\"") ? "" : ", no finish reason");
    }

    private String whatNothingIs() {
        if (body.isEmpty()) {
            return "no body";
        }
        if (!body.contains("\"delta\"") && !body.contains("\"message\"")) {
            return "no choices";
        }
        if (!body.contains("\"content\":\"")) {
            return "null";
        }
        return Pattern.compile("\"content\":\"[^\"]").matcher(body).find() ? "a blank text" : "an empty text";
    }

    private Optional<String> after(String name) {
        int at = body.indexOf(name);
        return at < 0
                ? Optional.empty()
                : Optional.of(body.substring(at + name.length(), body.indexOf('"', at + name.length())));
    }

    private static String retryAfter(String value) {
        if (value.chars().allMatch(Character::isDigit)) {
            return value;
        }
        Instant then =
                ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        long seconds = Duration.between(Instant.now(), then).toSeconds();
        return "a date " + (seconds >= 0 && seconds <= 7 ? "7 s" : seconds + " s") + " away";
    }

    boolean isStream() {
        return headers.getOrDefault("content-type", "").startsWith("text/event-stream");
    }

    /// Of the length that was announced.
    private boolean isCutInHalf() {
        return headers.containsKey("content-length")
                && body.length() == Integer.parseInt(headers.get("content-length")) / 2
                && !isComplete();
    }

    /// Whether it answers a completion, rather than listing models.
    boolean isCompletion() {
        return body.contains("\"choices\"");
    }

    boolean isStruckBy(HttpFault.Status fault) {
        return status == fault.status() && !isCompletion() && !body.contains("\"data\"");
    }

    /// Between the events of a stream, or the ten pieces of a completion that comes whole.
    long gaps() {
        return isStream()
                ? body.lines().filter(line -> line.startsWith("data:")).count() - 1
                : isCompletion() ? 9 : 0;
    }

    /// Events of a stream that hold a piece of its text or of a tool call.
    private long pieces() {
        byte[] bytes = body.getBytes(ISO_8859_1);
        return reader().feed(bytes, 0, bytes.length);
    }

    private AnswerReader reader() {
        return AnswerReader.withoutCounting(status, headers.get("content-type"));
    }
}
