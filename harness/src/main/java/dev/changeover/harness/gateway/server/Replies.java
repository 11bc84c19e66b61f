package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.Step;
import dev.changeover.harness.wire.ErrorKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/// The gateway's own words to its callers, shaped as OpenAI shapes errors.
final class Replies {

    /// An answer for a request that failed.
    record Failure(int status, OptionalLong retryAfterSeconds, Buffer body) {}

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long SECOND = 1_000_000_000;

    private Replies() {}

    /// Never a 200: the last error status that a provider gave, else one that says what went wrong between us.
    static Failure failure(Step.GiveUp giveUp, OptionalInt lastStatus, long nowNanos) {
        int status = giveUp.why().equals(Optional.of(ErrorKind.TIMEOUT_TOTAL))
                ? 504
                : lastStatus.orElse(giveUp.why().map(Replies::statusOf).orElse(503));
        String why = giveUp.why().map(ErrorKind::word).orElse("no_provider");
        String message = giveUp.why().isPresent()
                ? "no provider gave an answer; the last error was " + why
                : "no provider can be called now: every circuit breaker is open";
        return new Failure(status, retryAfterSeconds(giveUp, status, nowNanos), error(message, why));
    }

    /// What ends a stream that cannot go on.
    static Buffer errorEvent(ErrorKind kind) {
        return Buffer.buffer("data: ")
                .appendBuffer(error("the provider's answer broke off: " + kind.word(), kind.word()))
                .appendString("\n\n");
    }

    static Buffer error(String message, String code) {
        return json(Map.of("error", Map.of("message", message, "type", "gateway_error", "code", code)));
    }

    static Buffer json(Object value) {
        return Buffer.buffer(JSON.writeValueAsBytes(value));
    }

    static void send(HttpServerResponse response, int status, Buffer json) {
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(json);
    }

    static boolean isEventStream(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    private static OptionalLong retryAfterSeconds(Step.GiveUp giveUp, int status, long nowNanos) {
        if (status != 429 && status != 503) {
            return OptionalLong.empty();
        }
        long waitNanos = giveUp.comeBackNanos().orElse(nowNanos) - nowNanos;
        return OptionalLong.of(Math.max(1, Math.ceilDiv(waitNanos, SECOND)));
    }

    private static int statusOf(ErrorKind kind) {
        return switch (kind) {
            case AUTH -> 401;
            case PERMISSION -> 403;
            case NOT_FOUND -> 404;
            case BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER -> 400;
            case RATE_LIMITED, QUOTA -> 429;
            case OVERLOADED -> 503;
            case TIMEOUT_CONNECT, TIMEOUT_FIRST_TOKEN, TIMEOUT_IDLE, TIMEOUT_TOTAL -> 504;
            case SERVER_ERROR,
                    CONNECTION_REFUSED,
                    CONNECTION_RESET,
                    TRUNCATED_STREAM,
                    STREAM_ERROR,
                    MALFORMED,
                    EMPTY_ANSWER -> 502;
        };
    }
}
