package dev.changeover.harness.history;

import java.util.Collections;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The fields of one record, flat: an object inside it is read as `outer.inner`. Reused from record to record.
final class Fields {

    private static final int MOST = 64;

    private final String[] names = new String[MOST];
    private final String[] texts = new String[MOST];
    private final long[] numbers = new long[MOST];
    private final double[] decimals = new double[MOST];
    private int count;
    private int next;

    /// Reads one object, the parser standing before it.
    void read(JsonParser parser) {
        count = 0;
        next = 0;
        expect(parser.nextToken() == JsonToken.START_OBJECT, "a record is a JSON object");
        readObject(parser, "");
        expect(parser.nextToken() == null, "a record is one JSON object on a line of its own");
    }

    private void readObject(JsonParser parser, String prefix) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = prefix.isEmpty() ? parser.currentName() : prefix + parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                readObject(parser, name + ".");
            } else {
                add(name, token, parser);
            }
        }
    }

    private void add(String name, JsonToken token, JsonParser parser) {
        expect(count < MOST, "a record has at most " + MOST + " fields");
        names[count] = name;
        texts[count] = null;
        switch (token) {
            case VALUE_STRING -> texts[count] = parser.getString();
            case VALUE_NUMBER_INT -> {
                numbers[count] = parser.getLongValue();
                decimals[count] = numbers[count];
            }
            case VALUE_NUMBER_FLOAT -> {
                decimals[count] = parser.getDoubleValue();
                numbers[count] = (long) decimals[count];
            }
            case VALUE_TRUE, VALUE_FALSE -> numbers[count] = token == JsonToken.VALUE_TRUE ? 1 : 0;
            default -> throw new IllegalArgumentException("'%s' holds %s".formatted(name, token));
        }
        count++;
    }

    /// They are mostly asked for in the order in which they were written.
    private int find(String name) {
        for (int step = 0; step < count; step++) {
            int at = next + step < count ? next + step : next + step - count;
            if (names[at].equals(name)) {
                next = at + 1 < count ? at + 1 : 0;
                return at;
            }
        }
        return -1;
    }

    private int need(String name) {
        int at = find(name);
        expect(at >= 0, name, "is missing");
        return at;
    }

    boolean has(String name) {
        return find(name) >= 0;
    }

    String text(String name) {
        String text = texts[need(name)];
        expect(text != null, name, "must be a string");
        return text;
    }

    long number(String name) {
        return numbers[need(name)];
    }

    double decimal(String name) {
        return decimals[need(name)];
    }

    boolean flag(String name) {
        return numbers[need(name)] == 1;
    }

    /// A time in microseconds, as nanoseconds.
    long nanos(String name) {
        return Math.multiplyExact(number(name), 1000L);
    }

    OptionalLong optionalNanos(String name) {
        return has(name) ? OptionalLong.of(nanos(name)) : OptionalLong.empty();
    }

    OptionalLong optionalNumber(String name) {
        int at = find(name);
        return at < 0 ? OptionalLong.empty() : OptionalLong.of(numbers[at]);
    }

    OptionalInt optionalInt(String name) {
        int at = find(name);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(numbers[at]));
    }

    SortedMap<String, Long> numbersIn(String object) {
        return inside(object, i -> numbers[i]);
    }

    SortedMap<String, String> textsIn(String object) {
        return inside(object, i -> texts[i]);
    }

    private <T> SortedMap<String, T> inside(String object, Function<Integer, T> value) {
        String prefix = object + ".";
        SortedMap<String, T> map = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            if (names[i].startsWith(prefix)) {
                map.put(names[i].substring(prefix.length()), value.apply(i));
            }
        }
        return map.isEmpty() ? Collections.emptySortedMap() : map;
    }

    private static void expect(boolean holds, String name, String what) {
        if (!holds) {
            throw new IllegalArgumentException("'%s' %s".formatted(name, what));
        }
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
