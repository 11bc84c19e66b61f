package dev.changeover.harness.redaction;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Walks over the body of a chat completion. Its structure stays: keys, roles, types, parameters, numbers, the
/// definitions of tools. Every text that is not known to be structure goes by the policy; what stays is masked.
final class BodyRedactor {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Parameters of the request, and what its author defines rather than its user says.
    private static final Set<String> PARAMETERS = Set.of(
            "model",
            "tools",
            "functions",
            "tool_choice",
            "function_call",
            "response_format",
            "stop",
            "stream_options",
            "modalities",
            "audio",
            "reasoning",
            "reasoning_effort",
            "thinking",
            "verbosity",
            "service_tier",
            "provider",
            "prompt_cache_retention");

    /// Names of people, accounts and dialogues.
    private static final Set<String> NAMES = Set.of(
            "user",
            "safety_identifier",
            "metadata",
            "prompt_cache_key",
            "conversation",
            "conversation_id",
            "session_id",
            "thread_id",
            "user_id",
            "filename",
            "file_id");

    /// Words of the protocol within messages.
    private static final Set<String> PROTOCOL =
            Set.of("role", "type", "id", "tool_call_id", "detail", "format", "ttl", "finish_reason");

    private static final Set<String> CREDENTIALS = Set.of(
            "apikey",
            "xapikey",
            "authorization",
            "proxyauthorization",
            "accesstoken",
            "authtoken",
            "refreshtoken",
            "token",
            "secret",
            "clientsecret",
            "secretkey",
            "password",
            "passwd",
            "cookie");

    private final Redactor redactor;

    /// How what stands under a key is taken.
    private enum Way {
        STRUCTURE,
        NAME,
        TEXT,
        DATA,
        ADDRESS,
        ARGUMENTS
    }

    BodyRedactor(Redactor redactor) {
        this.redactor = redactor;
    }

    byte[] redact(ObjectNode body) {
        ObjectNode written = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            String key = field.getKey();
            Way way = PARAMETERS.contains(key) ? Way.STRUCTURE : NAMES.contains(key) ? Way.NAME : Way.TEXT;
            written.set(redactor.masked(key), node(field.getValue(), key, way));
        }
        return JSON.writeValueAsBytes(written);
    }

    private JsonNode node(JsonNode node, String key, Way way) {
        return switch (node) {
            case ObjectNode object -> object(object, key, way);
            case ArrayNode array -> {
                ArrayNode written = JSON.createArrayNode();
                array.forEach(item -> written.add(node(item, key, way)));
                yield written;
            }
            default -> value(node, key, way);
        };
    }

    private JsonNode object(ObjectNode object, String key, Way way) {
        boolean message = object.path("role").isString();
        ObjectNode written = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            Way within = way == Way.TEXT ? within(object, key, name, message) : way;
            written.set(redactor.masked(name), node(field.getValue(), deciding(key, name, field.getValue()), within));
        }
        return written;
    }

    /// @param parent the key that the object stands under
    private static Way within(ObjectNode object, String parent, String key, boolean message) {
        return switch (key) {
            case "name" -> {
                String role = object.path("role").asString("");
                boolean person = message && !role.equals("tool") && !role.equals("function");
                boolean tool = parent.equals("function") || parent.equals("function_call") || parent.equals("custom");
                yield person ? Way.NAME : tool || message ? Way.STRUCTURE : Way.TEXT;
            }
            case "arguments" -> Way.ARGUMENTS;
            case "url" -> Way.ADDRESS;
            case "data", "file_data" -> Way.DATA;
            default -> PROTOCOL.contains(key) ? Way.STRUCTURE : NAMES.contains(key) ? Way.NAME : Way.TEXT;
        };
    }

    private JsonNode value(JsonNode value, String key, Way way) {
        boolean credential = isCredential(key);
        if (value.isString()) {
            String text = value.stringValue();
            return JSON.getNodeFactory().stringNode(credential ? Masks.stars(text.length()) : text(text, way));
        }
        if (value.isNumber()) {
            String text = value.asString();
            return number(credential ? "1".repeat(text.length()) : redactor.kept(text));
        }
        return value;
    }

    private String text(String text, Way way) {
        return switch (way) {
            case STRUCTURE -> redactor.masked(text);
            case NAME -> redactor.name(text);
            case TEXT -> redactor.written(text);
            case DATA -> redactor.data(text);
            case ADDRESS -> redactor.address(text);
            case ARGUMENTS -> arguments(text);
        };
    }

    /// The arguments of a call are JSON in a text: they keep their structure. What is no JSON is a text.
    private String arguments(String text) {
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JacksonException _) {
            return redactor.written(text);
        }
        return tree.isObject() || tree.isArray() ? JSON.writeValueAsString(argument(tree, "")) : redactor.written(text);
    }

    private JsonNode argument(JsonNode node, String key) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode written = JSON.createObjectNode();
                object.properties()
                        .forEach(field -> written.set(
                                redactor.masked(field.getKey()),
                                argument(field.getValue(), deciding(key, field.getKey(), field.getValue()))));
                yield written;
            }
            case ArrayNode array -> {
                ArrayNode written = JSON.createArrayNode();
                array.forEach(item -> written.add(argument(item, key)));
                yield written;
            }
            default ->
                node.isNumber() && !isCredential(key)
                        ? number(redactor.number(node.asString()))
                        : value(node, key, Way.TEXT);
        };
    }

    /// The key that decides what a value is: all that stands under a credential's is one. In a JSON Schema, a property
    /// of such a name is only described.
    private static String deciding(String parent, String key, JsonNode value) {
        if (isCredential(parent)) {
            return parent;
        }
        return parent.equals("properties") && value.isObject() && isCredential(key) ? "" : key;
    }

    private static JsonNode number(String now) {
        return JSON.getNodeFactory().numberNode(new BigDecimal(now));
    }

    private static boolean isCredential(String key) {
        return CREDENTIALS.contains(key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT));
    }
}
