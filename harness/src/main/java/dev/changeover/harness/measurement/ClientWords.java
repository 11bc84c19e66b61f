package dev.changeover.harness.measurement;

import dev.changeover.harness.wire.ErrorClassifier;
import dev.changeover.harness.wire.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What client libraries say when a call failed, as a failure.
final class ClientWords {

    private static final int READ = 4096;
    private static final Pattern STATUS = Pattern.compile("(?:error code|status(?: code)?):? ([1-5]\\d\\d)\\b");
    private static final Pattern OK = Pattern.compile("\\[200 ok]");

    /// Python's JSON reader: the body was so many line feeds and nothing else, which is how DeepSeek keeps a
    /// connection alive.
    private static final Pattern ONLY_LINE_FEEDS =
            Pattern.compile("expecting value: line (\\d{1,6}) column 1 \\(char (\\d{1,6})\\)");

    private static final Map<ErrorKind, List<String>> BY_WORDS = Map.of(
            ErrorKind.CONNECTION_RESET, List.of("connection reset", "broken pipe", "disconnected", "remote end closed"),
            ErrorKind.CONNECTION_REFUSED, List.of("connection error", "connection refused", "cannot connect"),
            ErrorKind.TIMEOUT_TOTAL, List.of("timed out", "timeout"),
            ErrorKind.TRUNCATED_STREAM, List.of("incomplete chunked read", "incompleteread"));

    private static final List<ErrorKind> ORDER = List.of(
            ErrorKind.TRUNCATED_STREAM,
            ErrorKind.CONNECTION_RESET,
            ErrorKind.CONNECTION_REFUSED,
            ErrorKind.TIMEOUT_TOTAL);

    private ClientWords() {}

    static Failure failure(String text, OptionalInt told, OptionalLong afterNanos) {
        String words = text.substring(0, Math.min(text.length(), READ)).toLowerCase(Locale.ROOT);
        OptionalInt status = told.isPresent() ? told : status(words);
        if (status.isPresent() && status.getAsInt() >= 400) {
            return new Failure(byStatus(status.getAsInt(), text), status, afterNanos);
        }
        return new Failure(withoutStatus(words), status, afterNanos);
    }

    private static ErrorKind byStatus(int status, String text) {
        return ErrorClassifier.kindOf(status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ErrorKind withoutStatus(String words) {
        Matcher blank = ONLY_LINE_FEEDS.matcher(words);
        if (blank.find()) {
            boolean only = Integer.parseInt(blank.group(1)) == Integer.parseInt(blank.group(2)) + 1;
            return only ? ErrorKind.EMPTY_ANSWER : ErrorKind.MALFORMED;
        }
        if (OK.matcher(words).find()) {
            return ErrorKind.MALFORMED;
        }
        return ORDER.stream()
                .filter(kind -> BY_WORDS.get(kind).stream().anyMatch(words::contains))
                .findFirst()
                .orElseGet(() -> ErrorClassifier.kindOf(200, words.getBytes(StandardCharsets.UTF_8)));
    }

    private static OptionalInt status(String words) {
        Matcher said = STATUS.matcher(words);
        return said.find() ? OptionalInt.of(Integer.parseInt(said.group(1))) : OptionalInt.empty();
    }
}
