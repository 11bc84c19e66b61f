package dev.changeover.harness.recorder;

import dev.changeover.harness.units.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a recording goes on in a new file: before one would be larger, or once it has been open for so long.
public record Rotation(OptionalLong bytes, Optional<Duration> every) {

    public static final Rotation NEVER = new Rotation(OptionalLong.empty(), Optional.empty());

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(kB|KB|MB|GB)");
    private static final long LEAST_BYTES = 1_000;

    public Rotation {
        if (bytes.orElse(LEAST_BYTES) < LEAST_BYTES
                || every.orElse(Duration.ofSeconds(1)).toMillis() < 1_000) {
            throw new IllegalArgumentException("a file of a recording holds 1KB or 1s at least");
        }
    }

    /// @throws IllegalArgumentException quoting the text, when it is neither a size nor a duration
    public static Rotation parse(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return new Rotation(OptionalLong.empty(), Optional.of(duration(text)));
        }
        int zeros = switch (size.group(2)) {
            case "GB" -> 9;
            case "MB" -> 6;
            default -> 3;
        };
        return new Rotation(
                OptionalLong.of(
                        new BigDecimal(size.group(1)).movePointRight(zeros).longValue()),
                Optional.empty());
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    "'%s' is neither a size nor a duration; write 100MB or 1h".formatted(text));
        }
    }

    /// @param openNanos for how long the file has been open
    boolean isDue(long sizeBytes, long nextBytes, long openNanos) {
        return bytes.isPresent() && sizeBytes + nextBytes > bytes.getAsLong()
                || every.isPresent() && openNanos >= every.get().toNanos();
    }
}
