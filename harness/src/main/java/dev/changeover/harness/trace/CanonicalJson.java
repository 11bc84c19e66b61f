package dev.changeover.harness.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.LongConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Values of one line of a canonical trace, each checked for its type and its range.
final class CanonicalJson {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Lines.LONGEST_BYTES)
                    .build())
            .build();

    private static final long MOST_MILLIS = TraceRequest.MOST_NANOS / 1_000_000;

    private CanonicalJson() {}

    static JsonParser parser(Lines lines) {
        return FACTORY.createParser(
                ObjectReadContext.empty(), lines.buffer(), lines.start(), lines.end() - lines.start());
    }

    static void requireEnd(JsonParser json, Lines lines) {
        if (json.nextToken() != null) {
            throw lines.problem("something follows the request", "write one request on each line");
        }
    }

    /// What Jackson found wrong; the text of the line stays out of it, as it may hold somebody's prompt.
    static TraceException problem(Lines lines, JacksonException cause) {
        if (!lines.terminated()) {
            return lines.problem("the last line breaks off", "fetch or write the file again, or delete that line");
        }
        long column = cause.getLocation() == null ? 0 : cause.getLocation().getByteOffset() + 1;
        String what = switch (cause) {
            case StreamConstraintsException _ -> "nests too deep or has too long a number";
            default -> "is not JSON, or has one key twice";
        };
        return lines.problem(
                "the line %s, near byte %d".formatted(what, Math.max(1, column)), "write one JSON object on each line");
    }

    /// A time in milliseconds, exact to the nanosecond.
    static long nanosOfMillis(JsonParser json, Lines lines, String key) {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw wrongType(json, lines, key, "a number of milliseconds");
        }
        String text = json.getString();
        double about = Double.parseDouble(text);
        if (!(about >= 0 && about <= MOST_MILLIS)) {
            throw lines.problem(
                    "'%s' must be from 0 to %d (ten years), got %s".formatted(key, MOST_MILLIS, Quoted.of(text)),
                    "times are milliseconds since the start of the trace or of the request");
        }
        boolean exponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        return exponent
                ? Math.round(about * 1e6)
                : new BigDecimal(text)
                        .movePointRight(6)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
    }

    static int count(JsonParser json, Lines lines, String key, int least, int most) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrongType(json, lines, key, "a whole number");
        }
        String text = json.getString();
        if (text.length() <= 9) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw lines.problem(
                "'%s' must be from %d to %d, got %s".formatted(key, least, most, Quoted.of(text)),
                "correct the number, or leave '%s' out where it is not known".formatted(key));
    }

    static void wholeNumbers(JsonParser json, Lines lines, String key, LongConsumer each) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrongType(json, lines, key, "a list of whole numbers");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT;
            if (!whole || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw wrongType(json, lines, key, "a list of whole numbers");
            }
            each.accept(json.getLongValue());
        }
    }

    static String text(JsonParser json, Lines lines, String key) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(json, lines, key, "a text");
        }
        return json.getString();
    }

    static boolean truth(JsonParser json, Lines lines, String key) {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrongType(json, lines, key, "true or false");
        };
    }

    static TraceException wrongType(JsonParser json, Lines lines, String key, String wanted) {
        String found = switch (json.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "the text " + Quoted.figures(json.getString());
            default -> Quoted.of(json.getString());
        };
        return lines.problem("'%s' must be %s, got %s".formatted(key, wanted, found), "correct the value");
    }

    static TraceException unknownKey(Lines lines, String key, String where, String known) {
        return lines.problem("unknown key %s%s".formatted(Quoted.of(key), where), "known here are %s".formatted(known));
    }
}
