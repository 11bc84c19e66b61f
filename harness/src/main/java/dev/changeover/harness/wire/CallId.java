package dev.changeover.harness.wire;

import java.util.Optional;

/// The id that a logical request carries through the gateway, in the header and in the body's `user` field.
///
/// @param number counts requests of one purpose from 0
public record CallId(Purpose purpose, long number) {

    public static final String HEADER = "x-changeover-id";
    private static final String PREFIX = "changeover-";
    private static final char SEPARATOR = '/';
    private static final int MOST_DIGITS = 18;

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
        int from = PREFIX.length() + 1;
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        boolean number = end > from && end - from <= MOST_DIGITS;
        if (!number || end < text.length() && text.charAt(end) != SEPARATOR) {
            return Optional.empty();
        }
        Optional<Purpose> purpose = Purpose.of(text.charAt(PREFIX.length()));
        return purpose.isPresent()
                ? Optional.of(new CallId(purpose.get(), Long.parseLong(text, from, end, 10)))
                : Optional.empty();
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
