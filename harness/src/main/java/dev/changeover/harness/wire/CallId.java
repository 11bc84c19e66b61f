package dev.changeover.harness.wire;

import java.util.Optional;

/// The id that a logical request carries through the gateway, in the header and in the body's `user` field.
///
/// @param number counts requests of one purpose from 0
public record CallId(Purpose purpose, long number) {

    public static final String HEADER = "x-changeover-id";
    private static final String PREFIX = "changeover-";

    /// As it travels: `changeover-q123`.
    public String text() {
        return PREFIX + purpose.letter() + number;
    }

    /// Reads it back; empty for anything that is not one.
    public static Optional<CallId> parse(String text) {
        int letterAt = PREFIX.length();
        if (text == null || text.length() <= letterAt + 1 || text.length() > 40 || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        for (Purpose purpose : Purpose.values()) {
            if (purpose.letter() == text.charAt(letterAt)) {
                try {
                    return Optional.of(new CallId(purpose, Long.parseUnsignedLong(text.substring(letterAt + 1))));
                } catch (NumberFormatException _) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
