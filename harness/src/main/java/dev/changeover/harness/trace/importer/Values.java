package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceRequest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the fields of a recorded object say, where they say it in a way that can be understood.
final class Values {

    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    private Values() {}

    /// The first of these fields that is there and not null.
    static Optional<JsonNode> first(JsonNode object, String... keys) {
        for (String key : keys) {
            JsonNode value = object.path(key);
            if (!value.isMissingNode() && !value.isNull()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /// The first of these fields that is there, if it is a text with something in it.
    static Optional<String> text(JsonNode object, String... keys) {
        return first(object, keys)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isBlank());
    }

    static OptionalLong time(JsonNode object, String... keys) {
        return first(object, keys).map(Times::epochNanos).orElse(OptionalLong.empty());
    }

    /// A count that says something: a number, or its digits, that is more than nothing.
    static OptionalInt tokens(JsonNode value) {
        long count = value.isString() ? digits(value.stringValue()) : value.isIntegralNumber() ? value.asLong(0) : 0;
        return tokens(count);
    }

    static OptionalInt tokens(long count) {
        return count > 0 && count <= TraceRequest.MOST_TOKENS ? OptionalInt.of((int) count) : OptionalInt.empty();
    }

    /// A status of HTTP: a number, or its digits.
    static OptionalInt status(JsonNode value) {
        OptionalInt status = tokens(value);
        return status.orElse(0) >= 100 && status.orElse(0) <= 599 ? status : OptionalInt.empty();
    }

    /// The same, or what it holds where it is a text of JSON.
    static JsonNode parsed(JsonNode value) {
        if (!value.isString() || !isJson(value.stringValue())) {
            return value;
        }
        try {
            return JsonTree.of(value.stringValue());
        } catch (JacksonException _) {
            return value;
        }
    }

    static JsonNode parsed(JsonNode object, String... keys) {
        return first(object, keys).map(Values::parsed).orElse(JsonNodeFactory.instance.nullNode());
    }

    private static boolean isJson(String text) {
        String stripped = text.strip();
        return stripped.startsWith("{") || stripped.startsWith("[");
    }

    private static long digits(String text) {
        return DIGITS.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
