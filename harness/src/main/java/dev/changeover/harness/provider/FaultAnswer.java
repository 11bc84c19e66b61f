package dev.changeover.harness.provider;

import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.Tokens;
import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.TreeMap;

/// What the tap answers in the provider's place.
record FaultAnswer(int status, Map<String, String> headers, Buffer body) {

    static FaultAnswer of(HttpFault fault, TapRequest request) {
        return switch (fault) {
            case HttpFault.Status(var status, var headers, var body) ->
                new FaultAnswer(status, withType(headers), Buffer.buffer(body));
            case HttpFault.EmptyAnswer _ -> empty(request.chat().orElseThrow());
        };
    }

    String contentType() {
        return headers.get("content-type");
    }

    private static FaultAnswer empty(ChatRequest asked) {
        Completion completion =
                new Completion(asked.model(), Hash.mix(asked.digest()), Tokens.count(asked.promptText()));
        if (!asked.stream()) {
            return new FaultAnswer(200, Map.of("content-type", "application/json"), completion.whole(0, "stop"));
        }
        return new FaultAnswer(
                200,
                Map.of("content-type", "text/event-stream; charset=utf-8"),
                completion.role().appendBuffer(completion.ending(0, "stop", asked.includeUsage())));
    }

    private static Map<String, String> withType(Map<String, String> headers) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("content-type", "application/json");
        all.putAll(headers);
        return all;
    }
}
