package dev.changeover.harness.provider.within;

import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Completions and chunks as trees, to change them; numbers keep their digits.
final class CompletionJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private CompletionJson() {}

    static Optional<ObjectNode> read(byte[] json) {
        try {
            return JSON.readTree(json) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// @return whether it has a choice
    static boolean eachChoice(ObjectNode completion, Consumer<ObjectNode> change) {
        boolean some = false;
        for (JsonNode choice : completion.path("choices")) {
            if (choice instanceof ObjectNode fields) {
                change.accept(fields);
                some = true;
            }
        }
        return some;
    }
}
