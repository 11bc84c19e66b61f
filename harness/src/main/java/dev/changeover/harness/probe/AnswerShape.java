package dev.changeover.harness.probe;

import dev.changeover.harness.wire.MalformedStreamException;
import dev.changeover.harness.wire.SseParser;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What judging an answer does not need and people want to see: why it ended, and what its tool calls are made of.
final class AnswerShape {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final StringBuilder content = new StringBuilder();
    private final Map<Integer, StringBuilder> arguments = new TreeMap<>();
    private Optional<String> finishReason = Optional.empty();

    /// @param body whole or as events; what cannot be read is left out
    static AnswerShape of(byte[] body, boolean stream) {
        AnswerShape shape = new AnswerShape();
        if (stream) {
            SseParser events = new SseParser((bytes, offset, length) -> shape.read(bytes, offset, length));
            try {
                events.feed(body, 0, body.length);
                events.end();
            } catch (MalformedStreamException _) {
                // the judge of the answer says so
            }
        } else {
            shape.read(body, 0, body.length);
        }
        return shape;
    }

    private void read(byte[] bytes, int offset, int length) {
        try {
            for (JsonNode choice : MAPPER.readTree(bytes, offset, length).path("choices")) {
                choice(choice);
            }
        } catch (JacksonException _) {
            // [DONE], or what the judge of the answer calls malformed
        }
    }

    private void choice(JsonNode choice) {
        finishReason = text(choice.path("finish_reason")).or(() -> finishReason);
        JsonNode message = choice.has("delta") ? choice.path("delta") : choice.path("message");
        text(message.path("content")).ifPresent(content::append);
        int at = 0;
        for (JsonNode call : message.path("tool_calls")) {
            StringBuilder pieces = arguments.computeIfAbsent(call.path("index").asInt(at++), _ -> new StringBuilder());
            text(call.path("function").path("arguments")).ifPresent(pieces::append);
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    Optional<String> finishReason() {
        return finishReason;
    }

    ProbeAnswer.Form toolForm() {
        if (arguments.isEmpty()) {
            return ProbeAnswer.Form.MISSING;
        }
        return arguments.values().stream().allMatch(AnswerShape::isObject)
                ? ProbeAnswer.Form.VALID
                : ProbeAnswer.Form.BROKEN;
    }

    ProbeAnswer.Form contentForm() {
        if (content.toString().isBlank()) {
            return ProbeAnswer.Form.MISSING;
        }
        return isObject(content) ? ProbeAnswer.Form.VALID : ProbeAnswer.Form.BROKEN;
    }

    private static boolean isObject(CharSequence json) {
        try {
            return MAPPER.readTree(json.toString()).isObject();
        } catch (JacksonException _) {
            return false;
        }
    }
}
