package dev.changeover.harness.trace.importer;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Bodies of chat completions, made of what a tool has kept of them. Nothing gets in but the fields named here: tools
/// keep keys, addresses and names of people beside them.
final class ChatBody {

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> PENALTIES = List.of("presence_penalty", "frequency_penalty");
    private static final List<String> SHARES = List.of("temperature", "top_p");
    private static final List<String> COUNTS = List.of("max_tokens", "max_completion_tokens", "seed", "n");
    private static final List<String> OTHERS = List.of(
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "response_format",
            "stop",
            "stream_options",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "reasoning_effort",
            "verbosity",
            "modalities",
            "audio",
            "prediction",
            "service_tier");

    private ChatBody() {}

    /// Empty where not all of it is known.
    ///
    /// @param input a list of messages, or a request with its `messages`
    /// @param parameters more of the request, of which only numbers are taken
    /// @param answer as it was kept: where tools were called in it or before, the request must tell of them
    static Optional<byte[]> of(String model, boolean stream, JsonNode input, JsonNode parameters, JsonNode answer) {
        boolean isRequest = input.isObject();
        Optional<ChatMessages> messages = ChatMessages.of(isRequest ? input.path("messages") : input);
        if (model.isBlank()
                || messages.isEmpty()
                || !tellsOfTools(input) && (messages.get().callsTools() || ToolCalls.areIn(answer))) {
            return Optional.empty();
        }
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        body.set("messages", messages.get().messages());
        addNumbers(body, parameters);
        if (isRequest) {
            addNumbers(body, input);
            OTHERS.stream().filter(input::has).forEach(key -> body.set(key, input.path(key)));
        }
        if (stream) {
            body.put("stream", true);
        }
        try {
            return Optional.of(JSON.writeValueAsBytes(body));
        } catch (JacksonException _) {
            // half of a surrogate pair has no bytes
            return Optional.empty();
        }
    }

    private static boolean tellsOfTools(JsonNode input) {
        return input.path("tools").isArray() || input.path("functions").isArray();
    }

    /// Numbers that say something: tools write -1 and `"null"` for what was not asked for.
    private static void addNumbers(ObjectNode body, JsonNode from) {
        PENALTIES.stream()
                .filter(key -> Math.abs(number(from, key)) <= 2)
                .forEach(key -> body.set(key, from.path(key)));
        SHARES.stream()
                .filter(key -> number(from, key) >= 0 && number(from, key) <= 2)
                .forEach(key -> body.set(key, from.path(key)));
        COUNTS.stream()
                .filter(key -> Values.tokens(from.path(key)).isPresent()
                        && from.path(key).isNumber())
                .forEach(key -> body.set(key, from.path(key)));
    }

    private static double number(JsonNode from, String key) {
        return from.path(key).isNumber() ? from.path(key).asDouble(Double.NaN) : Double.NaN;
    }
}
