package dev.changeover.harness.provider;

import dev.changeover.harness.proxy.ApiError;
import dev.changeover.harness.scenario.SimulatedProfile;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Holds a simulated provider's requests to its limits, and says so in the usual headers.
final class Limiter {

    private final LongSupplier clock;
    private final Optional<RateLimit> requests;
    private final Optional<RateLimit> tokens;
    private final int concurrency;
    private int running;

    Limiter(SimulatedProfile.Limits limits, LongSupplier clock) {
        this.clock = clock;
        long now = clock.getAsLong();
        this.requests = limits.requestsPerMinute().isPresent()
                ? Optional.of(new RateLimit(limits.requestsPerMinute().getAsInt(), now))
                : Optional.empty();
        this.tokens = limits.tokensPerMinute().isPresent()
                ? Optional.of(new RateLimit(limits.tokensPerMinute().getAsLong(), now))
                : Optional.empty();
        this.concurrency = limits.concurrency().orElse(Integer.MAX_VALUE);
    }

    /// Lets a request in, or says why not. One that was let in must [#leave()].
    Optional<ApiError> enter(long tokensAsked, HttpServerResponse response) {
        if (running >= concurrency) {
            return Optional.of(new ApiError(
                    503, "server_error", "overloaded", "The server is overloaded. Please try again later."));
        }
        long now = clock.getAsLong();
        Optional<ApiError> refusal = refusal(tokensAsked, now, response);
        if (refusal.isEmpty()) {
            requests.ifPresent(limit -> limit.take(1, now));
            tokens.ifPresent(limit -> limit.take(tokensAsked, now));
            running++;
        }
        requests.ifPresent(limit -> tell(response, "requests", limit, now));
        tokens.ifPresent(limit -> tell(response, "tokens", limit, now));
        return refusal;
    }

    void leave() {
        running--;
    }

    int running() {
        return running;
    }

    private Optional<ApiError> refusal(long tokensAsked, long now, HttpServerResponse response) {
        if (tokens.isPresent() && !tokens.get().couldTake(tokensAsked)) {
            return Optional.of(limited(
                    "tokens",
                    "Request too large on tokens per min (TPM): Limit %d, Requested %d."
                            .formatted(tokens.get().allowed(), tokensAsked)));
        }
        long requestWait = requests.map(limit -> limit.waitNanos(1, now)).orElse(0L);
        long tokenWait = tokens.map(limit -> limit.waitNanos(tokensAsked, now)).orElse(0L);
        long wait = Math.max(requestWait, tokenWait);
        if (wait == 0) {
            return Optional.empty();
        }
        long millis = Math.ceilDiv(wait, 1_000_000);
        response.putHeader("Retry-After", Long.toString(Math.ceilDiv(millis, 1000)));
        response.putHeader("retry-after-ms", Long.toString(millis));
        String what = requestWait >= tokenWait ? "requests" : "tokens";
        return Optional.of(
                limited(what, "Rate limit reached on %s per min. Please try again in %dms.".formatted(what, millis)));
    }

    private static ApiError limited(String type, String message) {
        return new ApiError(429, type, "rate_limit_exceeded", message);
    }

    private static void tell(HttpServerResponse response, String what, RateLimit limit, long now) {
        response.putHeader("x-ratelimit-limit-" + what, Long.toString(limit.allowed()));
        response.putHeader("x-ratelimit-remaining-" + what, Long.toString(limit.remaining(now)));
        response.putHeader("x-ratelimit-reset-" + what, Math.ceilDiv(limit.resetNanos(now), 1_000_000) + "ms");
    }
}
