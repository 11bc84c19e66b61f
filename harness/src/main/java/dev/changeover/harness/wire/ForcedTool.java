package dev.changeover.harness.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The tool that an answer has to call.
///
/// @param argument one of its arguments, the first that is required
/// @param named whether the request named it, rather than leaving the choice
public record ForcedTool(String name, String argument, boolean named) {

    private static final String ANY_ARGUMENT = "input";

    /// Empty where the request has no tools, or leaves it to the model whether to call one.
    static Optional<ForcedTool> of(JsonNode request) {
        JsonNode choice = request.path("tool_choice");
        if (choice.isString() && choice.asString().equals("required")) {
            return first(request.path("tools"), Optional.empty());
        }
        JsonNode name = choice.at("/function/name");
        return name.isString() ? first(request.path("tools"), Optional.of(name.asString())) : Optional.empty();
    }

    private static Optional<ForcedTool> first(JsonNode tools, Optional<String> wanted) {
        for (JsonNode tool : tools) {
            JsonNode name = tool.at("/function/name");
            if (name.isString() && name.asString().equals(wanted.orElse(name.asString()))) {
                return Optional.of(
                        new ForcedTool(name.asString(), argument(tool.at("/function/parameters")), wanted.isPresent()));
            }
        }
        return Optional.empty();
    }

    private static String argument(JsonNode parameters) {
        JsonNode required = parameters.at("/required/0");
        return required.isString()
                ? required.asString()
                : parameters.path("properties").propertyNames().stream()
                        .findFirst()
                        .orElse(ANY_ARGUMENT);
    }
}
