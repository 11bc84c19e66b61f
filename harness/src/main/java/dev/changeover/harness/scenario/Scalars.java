package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Shape.Scalar;
import dev.changeover.harness.units.Durations;
import dev.changeover.harness.units.Money;
import dev.changeover.harness.units.Share;
import dev.changeover.toxics.backend.BackendChoice;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Every kind of single value that a scenario has: how it is read, and what it looks like to JSON Schema.
final class Scalars {

    static final Scalar TEXT = new Scalar("a text", text -> text, Map.of("type", List.of("string", "number")));
    static final Scalar DURATION = written(
            "a duration like 420ms, 1.5s, 4m, 2h or 7d", Durations::parse, "^\\d{1,16}(\\.\\d{1,9})?(us|ms|s|m|h|d)$");
    static final Scalar AT = new Scalar(DURATION.means(), Scalars::at, DURATION.schema());
    static final Scalar SHARE = written("a percentage like 60%", Share::parse, "^\\d+(\\.\\d+)?%$");
    static final Scalar SPEED = written("a factor like 2x", Scalars::speed, "^\\d+(\\.\\d+)?x$");
    static final Scalar MONEY = written("an amount like 5 USD", Money::parse, "^\\d+(\\.\\d+)?\\s+[A-Z]{3}$");
    static final Scalar CURRENCY =
            written("a currency like USD", text -> new Money(BigDecimal.ZERO, text).currency(), "^[A-Z]{3}$");
    static final Scalar DATE = written("a date like 2026-01-15", Scalars::date, "^\\d{4}-\\d{2}-\\d{2}$");
    static final Scalar URL = written("an address like https://api.example.com/v1", Scalars::url, "^https?://[^@?#]+$");
    static final Scalar TOXIPROXY = written(
            "embedded, binary, container, or one like remote=http://127.0.0.1:8474",
            BackendChoice::parse,
            "^(embedded|binary|container|remote=http://[^/@?#]+:\\d{1,5}/?)$");
    static final Scalar TOKENS = new Scalar(
            "a number of tokens like 1M, 1k or 1000000",
            Scalars::tokens,
            Map.of("anyOf", List.of(Map.of("type", "integer"), Map.of("type", "string", "pattern", "^\\d+[kM]$"))));
    static final Scalar INTEGER = new Scalar("a whole number", Scalars::integer, Map.of("type", "integer"));
    static final Scalar NUMBER = new Scalar("a number", text -> decimal(text).doubleValue(), Map.of("type", "number"));
    static final Scalar AMOUNT = new Scalar("a number", Scalars::decimal, Map.of("type", "number"));
    static final Scalar RATE = written("a rate like 64KB/s", Scalars::rate, "^\\d{1,9}(KB|MB)/s$");
    static final Scalar CALL_RATE = written("a rate like 5/s or 300/min", Budget.Rate::parse, "^\\d{1,7}/(s|min)$");
    static final Scalar TRUTH = new Scalar("true or false", Scalars::truth, Map.of("type", "boolean"));
    static final Scalar RELATIVE_MARGIN =
            written("15% or default", text -> margin(text, Share::parseRelative), "^(default|\\d+(\\.\\d+)?%)$");
    static final Scalar POINTS_MARGIN =
            written("0.25pp or default", text -> margin(text, Share::parsePoints), "^(default|\\d+(\\.\\d+)?pp)$");

    static final Scalar RELATIVE = written("a percentage like 5%", Scalars::relative, "^\\d+(\\.\\d+)?%$");
    static final Scalar CLAIMED = new Scalar(
            "a number like 4200, 10k, 1.2M or 57%",
            Scalars::claimed,
            Map.of(
                    "anyOf",
                    List.of(Map.of("type", "number"), Map.of("type", "string", "pattern", "^-?\\d+(\\.\\d+)?[kM%]$"))));
    static final Scalar PATH = written("a path like /health", Scalars::path, "^/");
    static final Scalar HOLD = written(
            "a duration like 90s, or 500 requests",
            Scalars::hold,
            "^(\\d{1,16}(\\.\\d{1,9})?(us|ms|s|m|h|d)|\\d{1,9} requests)$");
    /// As written: what it is depends on the metric beside it.
    static final Scalar LIMIT = new Scalar(
            "a value in the metric's unit, like 50ms, 1% or 5 USD",
            text -> text, Map.of("type", List.of("string", "number")));

    private Scalars() {}

    /// @param value empty: the default
    record Margin(OptionalDouble value) {}

    private static Scalar written(String means, Function<String, Object> read, String pattern) {
        return new Scalar(means, read, Map.of("type", "string", "pattern", pattern));
    }

    private static Object margin(String text, Function<String, Double> read) {
        return new Margin(text.equals("default") ? OptionalDouble.empty() : OptionalDouble.of(read.apply(text)));
    }

    /// Of a metric's values.
    static Scalar of(Metric.Unit unit) {
        return switch (unit) {
            case MILLIS -> DURATION;
            case SHARE -> SHARE;
            case REQUESTS -> INTEGER;
            case PER_SECOND, RATIO -> NUMBER;
            case MONEY -> MONEY;
        };
    }

    /// In the metric's unit, of a value read by [#of].
    static double number(Object value) {
        return switch (value) {
            case Duration time -> Durations.millis(time);
            case Share share -> share.value();
            case Long count -> count.doubleValue();
            case Double number -> number;
            case Money money -> money.amount().doubleValue();
            default -> throw new IllegalStateException("no limit has this type");
        };
    }

    private static BigDecimal relative(String text) {
        return BigDecimal.valueOf(Share.parseRelative(text));
    }

    private static String rate(String text) {
        if (!text.matches("\\d{1,9}(KB|MB)/s")) {
            throw new IllegalArgumentException("'%s' has no rate's form: digits, then KB/s or MB/s".formatted(text));
        }
        return text;
    }

    private static String path(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("'%s' does not start with /".formatted(text));
        }
        return text;
    }

    private static Rollout.Hold hold(String text) {
        if (!text.endsWith(" requests")) {
            return new Rollout.Hold.For(Durations.parse(text));
        }
        return new Rollout.Hold.Requests(
                integer(text.substring(0, text.length() - " requests".length()).strip()));
    }

    private static Object at(String text) {
        if (text.equals("busiest")) {
            throw new IllegalArgumentException("'busiest' is not in this version yet");
        }
        return Durations.parse(text);
    }

    private static Double speed(String text) {
        if (!text.endsWith("x")) {
            throw new IllegalArgumentException("'%s' has no 'x'".formatted(text));
        }
        return decimal(text.substring(0, text.length() - 1)).doubleValue();
    }

    private static Long tokens(String text) {
        String digits = text.replaceFirst("[kM]$", "");
        long factor = text.endsWith("M") ? 1_000_000 : text.endsWith("k") ? 1_000 : 1;
        try {
            return Math.multiplyExact(integer(digits), factor);
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException("'%s' is too large".formatted(text));
        }
    }

    private static Long integer(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("'%s' is not a whole number".formatted(text));
        }
    }

    private static BigDecimal decimal(String text) {
        if (text.length() <= 40 && text.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,2})?")) {
            return new BigDecimal(text);
        }
        throw new IllegalArgumentException("'%s' is not a number".formatted(text));
    }

    private static BigDecimal claimed(String text) {
        int zeros = text.endsWith("M") ? 6 : text.endsWith("k") ? 3 : text.endsWith("%") ? -2 : 0;
        String digits = zeros == 0 ? text : text.substring(0, text.length() - 1);
        try {
            return decimal(digits).scaleByPowerOfTen(zeros).add(BigDecimal.ZERO);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("'%s' is not a number".formatted(text));
        }
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'%s' is neither true nor false".formatted(text));
        };
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("'%s' is not a date".formatted(text));
        }
    }

    /// Never quotes the address: it may hold credentials.
    private static URI url(String text) {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("that is not an address");
        }
        if (!List.of("http", "https").contains(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("an address needs http:// or https:// and a host");
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("an address must hold no credentials, query or fragment");
        }
        return address;
    }
}
