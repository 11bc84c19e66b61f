package dev.changeover.harness.trace.importer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Times as recordings write them.
public final class Times {

    private static final BigDecimal LEAST_SECONDS = BigDecimal.valueOf(100_000_000);
    private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal LEAST_MICROS = BigDecimal.valueOf(100_000_000_000_000L);
    private static final BigDecimal LEAST_NANOS = BigDecimal.valueOf(100_000_000_000_000_000L);

    private static final Pattern NUMBER = Pattern.compile("\\d{9,19}(\\.\\d{1,9})?");
    private static final Pattern ZONED = Pattern.compile("(Z|[+-]\\d{2}:?\\d{2})\\z");
    private static final Pattern SHORT_ZONE = Pattern.compile("([+-]\\d{2})(\\d{2})\\z");

    private Times() {}

    /// Since 1970: of ISO 8601 (UTC where it names no zone), of a date as HTTP has it, or of a number of seconds,
    /// milliseconds, microseconds or
    /// nanoseconds, whichever gives a day from 1973 on. Empty for anything else.
    static OptionalLong epochNanos(JsonNode value) {
        if (value.isNumber() && Double.isFinite(value.asDouble(0))) {
            return ofNumber(value.decimalValue());
        }
        return value.isString() ? epochNanos(value.stringValue().strip()) : OptionalLong.empty();
    }

    /// The same of a text.
    public static OptionalLong epochNanos(String text) {
        try {
            if (NUMBER.matcher(text).matches()) {
                return ofNumber(new BigDecimal(text));
            }
            if (text.endsWith("GMT")) {
                return nanos(BigDecimal.valueOf(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text))
                        .getEpochSecond()));
            }
            String iso = text.replace(' ', 'T');
            Instant instant = ZONED.matcher(iso).find()
                    ? OffsetDateTime.parse(SHORT_ZONE.matcher(iso).replaceFirst("$1:$2"))
                            .toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            return nanos(BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9)));
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong ofNumber(BigDecimal number) {
        if (number.compareTo(LEAST_NANOS) >= 0) {
            return nanos(number.movePointLeft(9));
        }
        if (number.compareTo(LEAST_MICROS) >= 0) {
            return nanos(number.movePointLeft(6));
        }
        if (number.compareTo(LEAST_MILLIS) >= 0) {
            return nanos(number.movePointLeft(3));
        }
        return number.compareTo(LEAST_SECONDS) >= 0 ? nanos(number) : OptionalLong.empty();
    }

    private static OptionalLong nanos(BigDecimal seconds) {
        try {
            return OptionalLong.of(
                    seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact());
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }
}
