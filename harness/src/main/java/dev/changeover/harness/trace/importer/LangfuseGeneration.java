package dev.changeover.harness.trace.importer;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A call of a model as Langfuse keeps it.
final class LangfuseGeneration {

    private static final int SERVED = 200;

    /// As the client libraries of OpenAI and Anthropic say it.
    private static final Pattern ERROR_CODE = Pattern.compile("^(?:[\\w.]{1,60}: )?Error code: ([45]\\d\\d)\\b");

    private LangfuseGeneration() {}

    /// @param around what its trace has said of itself
    static ObservedCall of(JsonNode generation, JsonNode around) {
        Optional<String> model = Values.text(generation, "model", "providedModelName", "provided_model_name");
        JsonNode parameters = Values.parsed(generation, "modelParameters", "model_parameters");
        JsonNode output = Values.parsed(generation, "output");
        ObservedCall.Moments moments = moments(generation);
        Optional<Boolean> stream = stream(moments, parameters);
        return new ObservedCall(
                moments,
                conversation(generation, around),
                model,
                stream,
                tokens(generation, "input", "promptTokens"),
                tokens(generation, "output", "completionTokens"),
                ChatBody.of(
                        model.orElse(""), stream.orElse(false), Values.parsed(generation, "input"), parameters, output),
                status(generation, moments, output),
                Values.text(output.path("choices").path(0), "finish_reason"));
    }

    private static ObservedCall.Moments moments(JsonNode generation) {
        return new ObservedCall.Moments(
                Values.time(generation, "startTime", "start_time"),
                Values.time(generation, "completionStartTime", "completion_start_time"),
                Values.time(generation, "endTime", "end_time"));
    }

    private static Optional<String> conversation(JsonNode generation, JsonNode around) {
        return Values.text(around.path("trace"), "sessionId")
                .or(() -> Values.text(generation, "sessionId", "session_id"))
                .or(() -> Values.text(around, "sessionId"))
                .or(() -> Values.text(generation, "traceId", "trace_id"));
    }

    private static Optional<Boolean> stream(ObservedCall.Moments moments, JsonNode parameters) {
        return moments.untilFirstToken().isPresent()
                ? Optional.of(true)
                : Values.first(parameters, "stream", "is_stream")
                        .filter(JsonNode::isBoolean)
                        .map(JsonNode::booleanValue);
    }

    /// The kinds of a side are told apart, `input` and `input_cached_tokens` for example: all of them were sent.
    private static OptionalInt tokens(JsonNode generation, String side, String alone) {
        JsonNode usage = Values.parsed(generation, "usageDetails", "usage_details");
        long sum = 0;
        for (var entry : usage.properties()) {
            boolean ofSide = entry.getKey().equals(side) || entry.getKey().startsWith(side + "_");
            sum += ofSide ? Values.tokens(entry.getValue()).orElse(0) : 0;
        }
        if (sum > 0) {
            return Values.tokens(sum);
        }
        OptionalInt older = Values.tokens(generation.path("usage").path(side));
        return older.isPresent() ? older : Values.tokens(generation.path(alone));
    }

    /// Of a failure, only as far as its message says it.
    private static OptionalInt status(JsonNode generation, ObservedCall.Moments moments, JsonNode output) {
        if (Values.text(generation, "level").orElse("").equals("ERROR")) {
            Matcher code = ERROR_CODE.matcher(
                    Values.text(generation, "statusMessage", "status_message").orElse(""));
            return code.find() ? OptionalInt.of(Integer.parseInt(code.group(1))) : OptionalInt.empty();
        }
        OptionalLong end = moments.end();
        return end.isPresent() || !output.isNull() ? OptionalInt.of(SERVED) : OptionalInt.empty();
    }
}
