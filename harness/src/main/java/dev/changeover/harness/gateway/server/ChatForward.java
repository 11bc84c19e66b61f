package dev.changeover.harness.gateway.server;

import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.ConversationHeader;
import dev.changeover.harness.wire.MalformedRequestException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A caller's request, as it is passed on: the model by the provider's name, a placeholder for the key, the rest as
/// it came.
final class ChatForward {

    static final String PLACEHOLDER = "Bearer changeover-placeholder";

    private final ChatRequest request;
    private final Buffer original;
    private final Optional<String> idHeader;
    private final Optional<CallId> id;
    private final Optional<String> conversation;
    private final Map<String, Buffer> bodies = new HashMap<>();

    /// @throws MalformedRequestException when the body is no chat request
    ChatForward(Buffer body, MultiMap headers) throws MalformedRequestException {
        this.request = ChatRequest.parse(body.getBytes());
        this.original = body;
        this.idHeader = Optional.ofNullable(headers.get(CallId.HEADER));
        this.conversation = Optional.ofNullable(headers.get(ConversationHeader.NAME));
        this.id = idHeader.flatMap(CallId::parse).or(() -> request.user().flatMap(CallId::parse));
    }

    /// Empty when the caller gave none.
    Optional<CallId> id() {
        return id;
    }

    /// As it travels in its header; empty when the caller named none.
    Optional<String> conversation() {
        return conversation;
    }

    ChatRequest request() {
        return request;
    }

    /// What it may take of a limit on tokens: a quarter of its prompt's characters, which is an estimate and cheap, and
    /// its `max_tokens`, where it sets them.
    long mostTokens() {
        return Math.ceilDiv(request.promptText().length(), 4)
                + Math.max(0L, request.maxTokens().orElse(0));
    }

    /// The model asked for.
    String model() {
        return request.model();
    }

    RequestOptions options(ReferenceGateway.Upstream upstream) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setURI("/v1/chat/completions")
                .putHeader("content-type", "application/json")
                .putHeader("authorization", PLACEHOLDER);
        idHeader.ifPresent(text -> options.putHeader(CallId.HEADER, text));
        return options;
    }

    /// @param model as callers name it
    Buffer bodyFor(String model, ReferenceGateway.Upstream upstream) {
        return bodies.computeIfAbsent(upstream.provider().modelFor(model), this::withModel);
    }

    private Buffer withModel(String model) {
        return model.equals(request.model())
                ? original
                : Buffer.buffer(request.withModel(model).toBytes());
    }
}
