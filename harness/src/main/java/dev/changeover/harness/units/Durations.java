package dev.changeover.harness.units;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: a number and a unit, `420ms`, `1.5s`, `4m`, `7d`.
public final class Durations {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,16}(?:\\.\\d{1,9})?)(us|ms|s|m|h|d)");

    private Durations() {}

    /// @throws IllegalArgumentException quoting the text, when it is not a number with a unit
    public static Duration parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a duration; write 420ms, 1.5s, 4m, 2h or 7d".formatted(text));
        }
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosPer(matcher.group(2))));
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'%s' is longer than 292 years".formatted(text));
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /// The shortest way to write it exactly: `90s`, `1.5ms`.
    public static String write(Duration duration) {
        long nanos = duration.toNanos();
        String[] units = {"d", "h", "m", "s", "ms", "us"};
        for (String unit : units) {
            if (nanos != 0 && nanos % nanosPer(unit) == 0) {
                return nanos / nanosPer(unit) + unit;
            }
        }
        return nanos == 0
                ? "0s"
                : BigDecimal.valueOf(nanos, 3).stripTrailingZeros().toPlainString() + "us";
    }

    public static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static long nanosPer(String unit) {
        return switch (unit) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> throw new IllegalArgumentException("unknown unit " + unit);
        };
    }
}
