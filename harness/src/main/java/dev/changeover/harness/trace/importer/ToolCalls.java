package dev.changeover.harness.trace.importer;

import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Calls of tools in answers as tools that observe keep them: in OpenAI's form, in OpenTelemetry's, in those of
/// frameworks.
final class ToolCalls {

    private static final Set<String> KEYS = Set.of("tool_calls", "function_call");
    private static final Set<String> TYPES = Set.of("tool_call", "function_call", "tool_use");
    private static final Set<String> REASONS = Set.of("tool_calls", "tool_call", "function_call");

    private ToolCalls() {}

    /// Whether an answer calls one, however deep within it; its texts, which may speak of calls, are not looked at.
    static boolean areIn(JsonNode answer) {
        boolean isCall = KEYS.stream().anyMatch(key -> !answer.path(key).isEmpty())
                || TYPES.contains(answer.path("type").asString(""))
                || REASONS.contains(answer.path("finish_reason").asString(""));
        return isCall || StreamSupport.stream(answer.spliterator(), false).anyMatch(ToolCalls::areIn);
    }
}
