package dev.changeover.harness.provider;

import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.Tokens;
import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// What the tap answers in the provider's place, where a fault needs no provider.
record FaultAnswer(int status, Map<String, String> headers, Buffer body) {

    static Optional<FaultAnswer> of(HttpFault fault, TapRequest request) {
        return switch (fault) {
            case HttpFault.Status status ->
                Optional.of(new FaultAnswer(
                        status.status(),
                        headers(status),
                        Buffer.buffer(status.body().replace("{model}", inJson(request.model())))));
            case HttpFault.EmptyAnswer _ -> Optional.of(empty(request.chat().orElseThrow()));
            case HttpFault.Unanswered _, HttpFault.Late _, HttpFault.Within _ -> Optional.empty();
        };
    }

    private static String inJson(String text) {
        String quoted = JsonMapper.shared().writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
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

    private static Map<String, String> headers(HttpFault.Status status) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("content-type", "application/json");
        all.putAll(status.headers());
        status.retryAfter()
                .ifPresent(asked ->
                        all.put("retry-after", Long.toString(asked.after().toSeconds())));
        return all;
    }
}
