package dev.changeover.harness.trace.importer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Attributes of OTLP, whose values each stand in an object that names their type.
final class OtlpAttributes {

    private static final int MOST_PROMPTS = 10_000;
    private static final Pattern NANOS = Pattern.compile("\\d{17,19}");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private final Map<String, JsonNode> typed = new HashMap<>();

    private OtlpAttributes() {}

    /// @param owner a span or an event
    static OtlpAttributes of(JsonNode owner) {
        OtlpAttributes attributes = new OtlpAttributes();
        for (JsonNode attribute : owner.path("attributes")) {
            JsonNode key = attribute.path("key");
            if (key.isString()) {
                attributes.typed.put(key.stringValue(), attribute.path("value"));
            }
        }
        return attributes;
    }

    /// The first of these that is there.
    Optional<JsonNode> first(String... names) {
        for (String name : names) {
            JsonNode value = plain(typed.getOrDefault(name, JsonNodeFactory.instance.nullNode()));
            if (!value.isNull() && !value.isMissingNode()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    Optional<String> text(String... names) {
        return first(names)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isBlank());
    }

    OptionalInt tokens(String... names) {
        return first(names).map(Values::tokens).orElse(OptionalInt.empty());
    }

    /// Messages as older instruments keep them: `gen_ai.prompt.0.role`, `gen_ai.prompt.0.content`, and so on.
    Optional<JsonNode> numberedPrompts() {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (int number = 0; number < MOST_PROMPTS; number++) {
            String name = "gen_ai.prompt." + number;
            Optional<JsonNode> role = first(name + ".role");
            if (role.isEmpty()) {
                break;
            }
            ObjectNode message = messages.addObject();
            message.set("role", role.get());
            first(name + ".content").ifPresent(content -> message.set("content", content));
        }
        return messages.isEmpty() ? Optional.empty() : Optional.of(messages);
    }

    /// A time since 1970, written as a number or as its digits.
    static OptionalLong nanos(JsonNode value) {
        String digits = value.isString() ? value.stringValue() : value.isIntegralNumber() ? value.asString("") : "";
        if (!NANOS.matcher(digits).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    private static JsonNode plain(JsonNode typed) {
        for (var entry : typed.properties()) {
            JsonNode value = entry.getValue();
            return switch (entry.getKey()) {
                case "intValue" -> value.isString() ? whole(value.stringValue()) : value;
                case "arrayValue" -> list(value.path("values"));
                case "kvlistValue" -> object(value.path("values"));
                default -> value;
            };
        }
        return JsonNodeFactory.instance.nullNode();
    }

    private static JsonNode whole(String digits) {
        return WHOLE.matcher(digits).matches()
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(digits))
                : JsonNodeFactory.instance.nullNode();
    }

    private static JsonNode list(JsonNode values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> list.add(plain(value)));
        return list;
    }

    private static JsonNode object(JsonNode values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach(entry -> object.set(entry.path("key").asString(""), plain(entry.path("value"))));
        return object;
    }
}
