package dev.changeover.harness.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The body of one chat-completion request. Unknown fields pass through; fields keep their order.
public final class ChatRequest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper SORTED =
            JSON.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private final ObjectNode root;

    private ChatRequest(ObjectNode root) {
        this.root = root;
    }

    /// @throws MalformedRequestException when it is not JSON, or has no model or no messages
    public static ChatRequest parse(byte[] json) throws MalformedRequestException {
        return parse(json, Optional.empty());
    }

    /// @param otherwise the model where the body names none, which then gets it
    /// @throws MalformedRequestException when it is not JSON, or has no model or no messages
    public static ChatRequest parse(byte[] json, Optional<String> otherwise) throws MalformedRequestException {
        JsonNode root = tree(json);
        if (!(root instanceof ObjectNode object)) {
            throw new MalformedRequestException("the body must be a JSON object");
        }
        if (object.path("model").isMissingNode() || object.path("model").isNull()) {
            otherwise.ifPresent(model -> object.put("model", model));
        }
        if (!object.path("model").isString() || object.path("model").asString().isBlank()) {
            throw new MalformedRequestException("'model' must be a name");
        }
        if (!object.path("messages").isArray() || object.path("messages").isEmpty()) {
            throw new MalformedRequestException("'messages' must be an array with at least one message");
        }
        for (JsonNode message : object.path("messages")) {
            if (!message.isObject()) {
                throw new MalformedRequestException("each of 'messages' must be an object");
            }
        }
        if (object.has("stream")
                && !object.path("stream").isBoolean()
                && !object.path("stream").isNull()) {
            throw new MalformedRequestException("'stream' must be true or false");
        }
        return new ChatRequest(object);
    }

    private static JsonNode tree(byte[] json) throws MalformedRequestException {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            // no cause: its message may quote the body
            throw new MalformedRequestException("the body is not JSON"
                    + (e.getLocation() == null
                            ? ""
                            : ", at byte " + e.getLocation().getByteOffset()));
        }
    }

    public String model() {
        return root.path("model").asString();
    }

    public boolean stream() {
        return root.path("stream").asBoolean(false);
    }

    public Optional<String> user() {
        JsonNode user = root.path("user");
        return user.isString() ? Optional.of(user.asString()) : Optional.empty();
    }

    /// `max_completion_tokens`, else `max_tokens`.
    public OptionalInt maxTokens() {
        for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
            JsonNode value = root.path(name);
            if (value.isIntegralNumber() && value.canConvertToInt()) {
                return OptionalInt.of(value.asInt());
            }
        }
        return OptionalInt.empty();
    }

    /// Whether a stream is to end with a chunk that carries the usage.
    public boolean includeUsage() {
        return root.path("stream_options").path("include_usage").asBoolean(false);
    }

    /// The tool that the answer has to call, where there is one.
    public Optional<ForcedTool> forcedTool() {
        return ForcedTool.of(root);
    }

    /// The texts of all messages, joined by single spaces.
    public String promptText() {
        StringJoiner texts = new StringJoiner(" ");
        for (JsonNode message : root.path("messages")) {
            JsonNode content = message.path("content");
            if (content.isString()) {
                texts.add(content.asString());
            }
            for (JsonNode part : content) {
                if (part.path("text").isString()) {
                    texts.add(part.path("text").asString());
                }
            }
        }
        return texts.toString();
    }

    public ChatRequest withModel(String model) {
        ObjectNode changed = copy();
        changed.put("model", model);
        return new ChatRequest(changed);
    }

    public ChatRequest withUser(Optional<String> user) {
        ObjectNode changed = copy();
        user.ifPresentOrElse(name -> changed.put("user", name), () -> changed.remove("user"));
        return new ChatRequest(changed);
    }

    /// A parameter as it was sent; empty where it is not there, or null.
    public Optional<JsonNode> parameter(String name) {
        return Optional.ofNullable(root.get(name)).filter(value -> !value.isNull());
    }

    /// With another value of a parameter, in its place; at the end where it was not there.
    public ChatRequest with(String name, JsonNode value) {
        ObjectNode changed = copy();
        changed.set(name, value);
        return new ChatRequest(changed);
    }

    public ChatRequest without(String name) {
        ObjectNode changed = copy();
        changed.remove(name);
        return new ChatRequest(changed);
    }

    /// With a parameter under another name, at the end.
    public ChatRequest renamed(String name, String other) {
        return without(name).with(other, root.path(name));
    }

    /// With one more member of a parameter that is an object; it becomes one where it is none.
    public ChatRequest withMember(String name, String member, JsonNode value) {
        ObjectNode object = JSON.createObjectNode();
        if (root.path(name) instanceof ObjectNode there) {
            object.setAll(there);
        }
        object.set(member, value);
        return with(name, object);
    }

    public byte[] toBytes() {
        return JSON.writeValueAsBytes(root);
    }

    /// A hash of everything but the user: the same for every try of the same request.
    public long digest() {
        byte[] bytes = root.has("user") ? withUser(Optional.empty()).toBytes() : toBytes();
        long hash = 0xcbf29ce484222325L;
        for (byte value : bytes) {
            hash = (hash ^ (value & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /// A hash of what determines the answer: of everything but `model`, `user`, `stream` and `stream_options`. The
    /// order of keys and the way a number is written do not matter, so it survives a gateway that writes the body
    /// anew. Not for secrets, and not against people who look for collisions.
    public long questionHash() {
        return QuestionHash.of(root);
    }

    /// SHA-256, in hex, of model and messages alone: the order of keys does not matter, nor does anything else that was
    /// asked for.
    public String messagesDigest() {
        ObjectNode part = JSON.createObjectNode();
        part.set("messages", root.path("messages"));
        part.set("model", root.path("model"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(SORTED.writeValueAsBytes(part)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// All of it, for those who look at what this class does not tell; a change to its fields does not change this.
    public ObjectNode tree() {
        return copy();
    }

    private ObjectNode copy() {
        ObjectNode copy = JSON.createObjectNode();
        copy.setAll(root);
        return copy;
    }
}
