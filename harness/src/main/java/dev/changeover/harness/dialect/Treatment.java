package dev.changeover.harness.dialect;

import dev.changeover.harness.wire.ChatRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What becomes of a parameter on its way to a provider.
public sealed interface Treatment {

    Treatment DROPPED = new Dropped();
    Treatment IGNORED = new Ignored();

    /// Not sent, for it would be refused.
    record Dropped() implements Treatment {}

    /// Sent under another name.
    record Renamed(String name) implements Treatment {}

    /// Sent with another value.
    ///
    /// @param json the value
    record Replaced(String json) implements Treatment {}

    /// Sent as it is, and the provider makes nothing of it: only said.
    record Ignored() implements Treatment {}

    /// Sent, though nobody asked for it, beside what is there in the same object.
    record Added(String member, boolean value) implements Treatment {}

    /// The request with it carried out.
    default ChatRequest applyTo(ChatRequest request, String parameter) {
        return switch (this) {
            case Dropped() -> request.without(parameter);
            case Renamed(String name) -> request.renamed(parameter, name);
            case Replaced(String json) -> request.with(parameter, Json.read(json));
            case Ignored() -> request;
            case Added(String member, boolean value) ->
                request.withMember(parameter, member, JsonNodeFactory.instance.booleanNode(value));
        };
    }

    /// As people are told: `is dropped`.
    default String words() {
        return switch (this) {
            case Dropped() -> "is dropped";
            case Renamed(String name) -> "is sent as '%s'".formatted(name);
            case Replaced(String json) -> "is sent as " + json;
            case Ignored() -> "is sent, and ignored there";
            case Added(String member, boolean value) -> "is added as {\"%s\":%s}".formatted(member, value);
        };
    }

    /// Reads the values that stand in the table.
    final class Json {
        private static final JsonMapper MAPPER = new JsonMapper();

        private Json() {}

        private static JsonNode read(String json) {
            return MAPPER.readTree(json);
        }
    }
}
