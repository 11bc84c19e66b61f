package dev.changeover.toxics.server;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// A JSON object as a client sent it: keys in any case, unknown ones ignored, null the same as absent.
record Body(JsonNode json) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final Pattern JSON_LIBRARY_DETAILS = Pattern.compile(" \\(start marker at .*|, from `[^`]*`");
    private static final Body EMPTY = new Body(MissingNode.getInstance());

    static Body object(byte[] bytes) {
        return object(parse(bytes));
    }

    static Body object(JsonNode json) {
        if (json.isNull()) {
            return EMPTY;
        }
        if (!json.isObject()) {
            throw ApiError.badBody("a JSON object is needed, got " + noun(json));
        }
        return new Body(json);
    }

    /// What it is, for messages.
    static String noun(JsonNode json) {
        return json.isMissingNode() ? "nothing" : json.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /// Bytes that are no UTF-8 become U+FFFD, and so do halves of characters: a name is always text.
    static JsonNode parse(byte[] bytes) {
        try {
            return MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw ApiError.badBody(
                    JSON_LIBRARY_DETAILS.matcher(e.getOriginalMessage()).replaceAll(""));
        }
    }

    Optional<String> text(String key) {
        return field(key).map(value -> {
            if (!value.isString()) {
                throw wrong(key, "a string", value);
            }
            return LONE_SURROGATE.matcher(value.stringValue()).replaceAll("\uFFFD");
        });
    }

    Optional<Boolean> flag(String key) {
        return field(key).map(value -> {
            if (!value.isBoolean()) {
                throw wrong(key, "true or false", value);
            }
            return value.booleanValue();
        });
    }

    Optional<Double> number(String key) {
        return field(key).map(value -> {
            if (!value.isNumber()) {
                throw wrong(key, "a number", value);
            }
            return value.doubleValue();
        });
    }

    Optional<Long> whole(String key) {
        return field(key).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrong(key, "a whole number", value);
            }
            return value.longValue();
        });
    }

    /// The object under the key; an empty one when it is absent.
    Body object(String key) {
        return field(key)
                .map(value -> {
                    if (!value.isObject()) {
                        throw wrong(key, "an object", value);
                    }
                    return new Body(value);
                })
                .orElse(EMPTY);
    }

    private Optional<JsonNode> field(String key) {
        return json.propertyStream()
                .filter(property -> property.getKey().equalsIgnoreCase(key))
                .map(property -> property.getValue())
                .filter(value -> !value.isNull())
                .reduce((_, last) -> last);
    }

    private static ApiError wrong(String key, String needed, JsonNode value) {
        return ApiError.badBody("%s must be %s, got %s".formatted(key, needed, value));
    }
}
