package dev.changeover.harness.trace.importer;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A span of OTLP as the GenAI conventions fill it, today's and those before.
final class OtlpSpan {

    private static final int SERVED = 200;
    private static final Set<String> CHATS = Set.of("chat", "generate_content");

    private final JsonNode span;
    private final OtlpAttributes attributes;

    OtlpSpan(JsonNode span) {
        this.span = span;
        this.attributes = OtlpAttributes.of(span);
    }

    /// Within its trace, whose name is part of it.
    Optional<String> id() {
        return Values.text(span, "spanId").map(this::inTrace);
    }

    Optional<String> parentId() {
        return Values.text(span, "parentSpanId").map(this::inTrace);
    }

    boolean isChat() {
        return CHATS.contains(operation());
    }

    boolean isOfModel() {
        return !operation().isEmpty();
    }

    private String operation() {
        return attributes.text("gen_ai.operation.name", "llm.request.type").orElse("");
    }

    private String inTrace(String id) {
        return Values.text(span, "traceId").orElse("") + '/' + id;
    }

    ObservedCall call() {
        OptionalLong start = OtlpAttributes.nanos(span.path("startTimeUnixNano"));
        OptionalLong end = OtlpAttributes.nanos(span.path("endTimeUnixNano"));
        ObservedCall.Moments moments = new ObservedCall.Moments(start, firstToken(start), end);
        Optional<String> model = attributes.text("gen_ai.request.model", "gen_ai.response.model");
        Optional<Boolean> stream = moments.untilFirstToken().isPresent()
                ? Optional.of(true)
                : attributes
                        .first("gen_ai.request.stream", "gen_ai.is_streaming", "llm.is_streaming")
                        .filter(JsonNode::isBoolean)
                        .map(JsonNode::booleanValue);
        return new ObservedCall(
                moments,
                attributes
                        .text("gen_ai.conversation.id", "session.id")
                        .or(() -> Values.text(span, "traceId").filter(id -> !id.matches("0*"))),
                model,
                stream,
                attributes.tokens("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
                attributes.tokens("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
                body(model.orElse(""), stream.orElse(false)),
                status(end),
                finishReason());
    }

    private OptionalLong firstToken(OptionalLong start) {
        double seconds = attributes
                .first("gen_ai.response.time_to_first_chunk")
                .filter(JsonNode::isNumber)
                .map(value -> value.asDouble(-1))
                .orElse(-1.0);
        return start.isPresent() && seconds >= 0 && seconds <= 86_400
                ? OptionalLong.of(start.getAsLong() + Math.round(seconds * 1e9))
                : OptionalLong.empty();
    }

    /// None where there were tools: those are kept in another form than they were sent, if at all.
    private Optional<byte[]> body(String model, boolean stream) {
        boolean calledTool = finishReason().orElse("").startsWith("tool_call");
        if (calledTool || attributes.first("gen_ai.tool.definitions").isPresent()) {
            return Optional.empty();
        }
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        for (String name :
                new String[] {"temperature", "top_p", "max_tokens", "presence_penalty", "frequency_penalty", "seed"}) {
            attributes.first("gen_ai.request." + name).ifPresent(value -> parameters.set(name, value));
        }
        JsonNode answer = kept("gen_ai.output.messages").orElse(JsonNodeFactory.instance.nullNode());
        return messages().flatMap(messages -> ChatBody.of(model, stream, messages, parameters, answer));
    }

    private Optional<JsonNode> messages() {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        Optional<JsonNode> instructions = kept("gen_ai.system_instructions");
        instructions.ifPresent(
                parts -> messages.addObject().put("role", "system").set("parts", parts));
        Optional<JsonNode> input = kept("gen_ai.input.messages");
        input.ifPresent(list -> list.forEach(messages::add));
        return input.isPresent() ? Optional.of(messages) : kept("gen_ai.prompt").or(attributes::numberedPrompts);
    }

    /// On the span itself, or on one of its events.
    private Optional<JsonNode> kept(String name) {
        Optional<JsonNode> own = attributes.first(name);
        if (own.isPresent()) {
            return own.map(Values::parsed);
        }
        for (JsonNode event : span.path("events")) {
            Optional<JsonNode> told = OtlpAttributes.of(event).first(name);
            if (told.isPresent()) {
                return told.map(Values::parsed);
            }
        }
        return Optional.empty();
    }

    /// Of a failure, only as far as its span says it.
    private OptionalInt status(OptionalLong end) {
        Optional<JsonNode> error = attributes.first("error.type");
        JsonNode code = span.path("status").path("code");
        boolean failed =
                error.isPresent() || code.asInt(0) == 2 || code.asString("").equals("STATUS_CODE_ERROR");
        OptionalInt status = attributes
                .first("http.response.status_code", "http.status_code")
                .map(Values::status)
                .orElse(OptionalInt.empty());
        if (status.isEmpty() && failed) {
            return error.map(Values::status).orElse(OptionalInt.empty());
        }
        return status.isEmpty() && end.isPresent() ? OptionalInt.of(SERVED) : status;
    }

    private Optional<String> finishReason() {
        return attributes
                .first("gen_ai.response.finish_reasons")
                .map(Values::parsed)
                .map(reasons -> reasons.path(0))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }
}
