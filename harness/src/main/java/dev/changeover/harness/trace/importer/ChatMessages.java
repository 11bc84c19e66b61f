package dev.changeover.harness.trace.importer;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Messages as tools keep them, in the form in which OpenAI's API takes them: all of a request, or none.
///
/// Understood are OpenAI's own form and the texts of OpenTelemetry's (`parts`). What a tool's call or its answer was in
/// any other form is not, nor are other names of roles: a request half understood would be another request.
final class ChatMessages {

    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");
    private static final Set<String> PARTS = Set.of("text", "image_url", "input_audio", "file", "refusal");

    private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    private boolean callsTools;

    private ChatMessages() {}

    /// @param list of messages
    static Optional<ChatMessages> of(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            return Optional.empty();
        }
        ChatMessages made = new ChatMessages();
        for (JsonNode message : list) {
            Optional<ObjectNode> understood = made.message(message);
            if (understood.isEmpty()) {
                return Optional.empty();
            }
            made.messages.add(understood.get());
        }
        return Optional.of(made);
    }

    ArrayNode messages() {
        return messages;
    }

    /// Whether tools were called: they were told of in the request then.
    boolean callsTools() {
        return callsTools;
    }

    private Optional<ObjectNode> message(JsonNode from) {
        String role = Values.text(from, "role").orElse("");
        if (!ROLES.contains(role)) {
            return Optional.empty();
        }
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("role", role);
        Values.text(from, "name").ifPresent(name -> message.put("name", name));
        JsonNode calls = from.path("tool_calls");
        boolean isCall = role.equals("assistant") && areCalls(calls);
        boolean isResult = role.equals("tool");
        callsTools |= isCall || isResult;
        Optional<JsonNode> content = from.path("parts").isArray() ? texts(from.path("parts")) : content(from);
        if (content.isPresent()) {
            message.set("content", content.get());
        } else if (isCall && from.path("content").isNull()) {
            message.putNull("content");
        } else if (!isCall || from.has("content")) {
            return Optional.empty();
        }
        if (isCall) {
            message.set("tool_calls", calls);
        } else if (!calls.isMissingNode() && !calls.isNull() && !calls.isEmpty()) {
            return Optional.empty();
        }
        if (isResult) {
            Optional<String> call = Values.text(from, "tool_call_id");
            call.ifPresent(id -> message.put("tool_call_id", id));
            return call.map(_ -> message);
        }
        boolean saysNothing = role.equals("assistant") && !isCall && isBlank(message.path("content"));
        return saysNothing ? Optional.empty() : Optional.of(message);
    }

    private static Optional<JsonNode> content(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isString()) {
            return Optional.of(content);
        }
        if (!content.isArray() || content.isEmpty()) {
            return Optional.empty();
        }
        for (JsonNode part : content) {
            if (!PARTS.contains(Values.text(part, "type").orElse(""))) {
                return Optional.empty();
            }
        }
        return Optional.of(content);
    }

    /// One text as itself, several as parts of OpenAI's.
    private static Optional<JsonNode> texts(JsonNode parts) {
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        for (JsonNode part : parts) {
            if (!part.path("type").asString("").equals("text")
                    || !part.path("content").isString()) {
                return Optional.empty();
            }
            texts.addObject().put("type", "text").set("text", part.path("content"));
        }
        return switch (texts.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(texts.get(0).path("text"));
            default -> Optional.of(texts);
        };
    }

    private static boolean areCalls(JsonNode calls) {
        if (!calls.isArray() || calls.isEmpty()) {
            return false;
        }
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            if (!call.path("id").isString()
                    || !function.path("name").isString()
                    || !function.path("arguments").isString()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(JsonNode content) {
        return content.isString() && content.stringValue().isBlank();
    }
}
