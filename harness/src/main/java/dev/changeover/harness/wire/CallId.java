package dev.changeover.harness.wire;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The id that a logical request carries through the gateway, in the header and in the body's `user` field.
///
/// @param number counts requests of one purpose from 0
public record CallId(Purpose purpose, long number) {

    public static final String HEADER = "x-changeover-id";
    private static final String PREFIX = "changeover-";
    private static final char SEPARATOR = '/';
    private static final Pattern TAGGED = Pattern.compile(PREFIX + "([a-z])([0-9]{1,18})(?:/.*)?", Pattern.DOTALL);

    /// As it travels: `changeover-q123`.
    public String text() {
        return PREFIX + purpose.letter() + number;
    }

    /// As it travels in the body's `user`, in front of the user that was there.
    public String tag(Optional<String> originalUser) {
        return originalUser.map(user -> text() + SEPARATOR + user).orElseGet(this::text);
    }

    /// Reads it back, from the header or from a tagged user; empty for anything that is neither.
    public static Optional<CallId> parse(String text) {
        if (text == null || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Matcher tagged = TAGGED.matcher(text);
        if (!tagged.matches()) {
            return Optional.empty();
        }
        char letter = tagged.group(1).charAt(0);
        return Arrays.stream(Purpose.values())
                .filter(purpose -> purpose.letter() == letter)
                .findFirst()
                .map(purpose -> new CallId(purpose, Long.parseLong(tagged.group(2))));
    }

    /// The user that was there before tagging; a user that carries no id is its own.
    public static Optional<String> originalUser(String tagged) {
        if (parse(tagged).isEmpty()) {
            return Optional.of(tagged);
        }
        int separator = tagged.indexOf(SEPARATOR);
        return separator < 0 ? Optional.empty() : Optional.of(tagged.substring(separator + 1));
    }
}
