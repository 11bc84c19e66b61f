package dev.changeover.harness.trace.importer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A call as a row of LiteLLM's spend logs tells of it. Keys, users, teams and addresses are not read.
final class LiteLlmCall {

    /// Without these a row tells nothing; of CSV, only these are read.
    static final List<String> COLUMNS = List.of(
            "call_type",
            "startTime",
            "endTime",
            "completionStartTime",
            "model",
            "model_group",
            "prompt_tokens",
            "completion_tokens",
            "session_id",
            "status",
            "metadata",
            "cache_hit",
            "messages",
            "proxy_server_request",
            "response");

    private static final int SERVED = 200;
    private static final Set<String> COMPLETIONS = Set.of("completion", "acompletion", "");

    /// LiteLLM cuts long texts in its table, and takes out those that it was told to.
    private static final List<String> NOT_WHOLE = List.of("litellm_truncated", "redacted-by-litellm");

    private LiteLlmCall() {}

    /// @throws UnusableRow when it is no chat completion
    static ObservedCall of(JsonNode row) throws UnusableRow {
        if (!row.has("call_type") && !row.has("startTime")) {
            throw new UnusableRow("no row of the spend logs");
        }
        if (!COMPLETIONS.contains(Values.text(row, "call_type").orElse(""))) {
            throw new UnusableRow("no chat completion");
        }
        ObservedCall.Moments moments = new ObservedCall.Moments(
                Values.time(row, "startTime"), Values.time(row, "completionStartTime"), Values.time(row, "endTime"));
        Optional<String> model = Values.text(row, "model_group").or(() -> Values.text(row, "model"));
        JsonNode asked = asked(row);
        Optional<Boolean> stream = moments.untilFirstToken().isPresent()
                ? Optional.of(true)
                : Values.first(asked, "stream").filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
        return new ObservedCall(
                moments,
                Values.text(row, "session_id"),
                model,
                stream,
                Values.tokens(row.path("prompt_tokens")),
                Values.tokens(row.path("completion_tokens")),
                ChatBody.of(
                        model.orElse(""),
                        stream.orElse(false),
                        asked,
                        JsonNodeFactory.instance.nullNode(),
                        Values.parsed(row, "response")),
                status(row),
                Optional.empty());
    }

    /// The request, or its messages, where they were kept whole.
    private static JsonNode asked(JsonNode row) {
        JsonNode request = Values.parsed(row, "proxy_server_request");
        JsonNode asked = request.path("messages").isArray() ? request : Values.parsed(row, "messages");
        String text = asked.toString();
        return NOT_WHOLE.stream().anyMatch(text::contains) ? JsonNodeFactory.instance.nullNode() : asked;
    }

    /// None of LiteLLM's cache, which no provider gave.
    private static OptionalInt status(JsonNode row) {
        if (Values.first(row, "cache_hit")
                .map(hit -> hit.asString("").toLowerCase(Locale.ROOT).equals("true"))
                .orElse(false)) {
            return OptionalInt.empty();
        }
        JsonNode metadata = Values.parsed(row, "metadata");
        String status = Values.text(row, "status")
                .or(() -> Values.text(metadata, "status"))
                .orElse("success");
        return status.equals("success")
                ? OptionalInt.of(SERVED)
                : Values.status(metadata.path("error_information").path("error_code"));
    }
}
