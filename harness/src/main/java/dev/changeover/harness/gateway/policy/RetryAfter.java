package dev.changeover.harness.gateway.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The header that says when to come back, in seconds or as a date (RFC 9110, 10.2.3).
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /// Nanoseconds from now; zero for a date that has passed, empty for what is neither seconds nor a date.
    public static OptionalLong nanos(String header, Instant now) {
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return OptionalLong.of(Duration.ofSeconds(Long.parseLong(text)).toNanos());
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return OptionalLong.of(Math.max(0, Duration.between(now, then).toNanos()));
        } catch (DateTimeException | ArithmeticException _) {
            return OptionalLong.empty();
        }
    }
}
