package dev.changeover.harness.provider;

import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.toxics.http.Selection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// A call as it came to the tap, and its body as it leaves: with the user that was there before tagging.
///
/// @param chat empty for bodies that are no chat completion; they pass as they are
/// @param completion whether an answer is judged as a completion, else by its status
record TapRequest(Optional<CallId> id, Optional<ChatRequest> chat, boolean completion, byte[] body) {

    static TapRequest of(HttpServerRequest request, byte[] body, LongSupplier probes) {
        boolean completion =
                request.method() == HttpMethod.POST && request.path().endsWith("/completions");
        Optional<ChatRequest> tagged = completion ? parse(body) : Optional.empty();
        Optional<String> user = tagged.flatMap(ChatRequest::user);
        Optional<CallId> inUser = user.flatMap(CallId::parse);
        Optional<CallId> id = CallId.parse(request.getHeader(CallId.HEADER)).or(() -> inUser);
        if (id.isEmpty() && request.method() == HttpMethod.GET && request.path().endsWith("/models")) {
            id = Optional.of(new CallId(Purpose.PROBE, probes.getAsLong()));
        }
        if (inUser.isEmpty()) {
            return new TapRequest(id, tagged, completion, body);
        }
        Optional<ChatRequest> chat = tagged.map(asked -> asked.withUser(user.flatMap(CallId::originalUser)));
        return new TapRequest(
                id, chat, completion, chat.map(ChatRequest::toBytes).orElse(body));
    }

    String model() {
        return chat.map(ChatRequest::model).orElse("");
    }

    /// @param attempt at it, from 1
    Selection.Call asCall(int attempt) {
        return new Selection.Call(number(), attempt, chat.map(ChatRequest::model), stream());
    }

    OptionalLong question() {
        return chat.map(asked -> OptionalLong.of(asked.questionHash())).orElse(OptionalLong.empty());
    }

    boolean stream() {
        return chat.map(ChatRequest::stream).orElse(false);
    }

    /// What faults address it by: its number, else what it says.
    long number() {
        return id.map(CallId::number).or(() -> chat.map(ChatRequest::digest)).orElse(0L);
    }

    /// The same for every attempt at the same request.
    Object identity() {
        return id.isPresent() ? id.get() : number();
    }

    private static Optional<ChatRequest> parse(byte[] body) {
        try {
            return Optional.of(ChatRequest.parse(body));
        } catch (MalformedRequestException _) {
            return Optional.empty();
        }
    }
}
