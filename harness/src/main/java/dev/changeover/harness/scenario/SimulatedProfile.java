package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Share;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// How a simulated provider behaves.
///
/// @param ttftP50 median time to first token; times are lognormal through both quantiles
/// @param ttftP99 99th percentile of the same
/// @param tokensPerSecond median rate of one answer's tokens after the first
/// @param jitter of the rate from answer to answer: the standard deviation of its logarithm
/// @param errors share of requests answered 500
/// @param models served; empty: every name
/// @param key the only API key accepted; empty text: any or none
/// @param limits past which it answers 429, or 503 when overloaded
public record SimulatedProfile(
        Duration ttftP50,
        Duration ttftP99,
        double tokensPerSecond,
        double jitter,
        Share errors,
        Set<String> models,
        String key,
        Limits limits) {

    public SimulatedProfile {
        if (!ttftP50.isPositive()) {
            throw new IllegalArgumentException("ttft p50 must be > 0, got " + ttftP50);
        }
        if (ttftP99.compareTo(ttftP50) < 0) {
            throw new IllegalArgumentException("ttft p99 (%s) must be >= p50 (%s)".formatted(ttftP99, ttftP50));
        }
        if (!(tokensPerSecond > 0 && tokensPerSecond <= 100_000)) {
            throw new IllegalArgumentException(
                    "tokens_per_second must be above 0 and at most 100000, got " + tokensPerSecond);
        }
        if (!(jitter >= 0 && jitter <= 2)) {
            throw new IllegalArgumentException("jitter must be 0 to 2, got " + jitter);
        }
        models = Set.copyOf(models);
    }

    /// @param requestsPerMinute answered 429 past it
    /// @param tokensPerMinute input and output asked for, answered 429 past it
    /// @param concurrency requests at once, answered 503 past it
    public record Limits(OptionalInt requestsPerMinute, OptionalLong tokensPerMinute, OptionalInt concurrency) {
        public static final Limits NONE = new Limits(OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty());

        public Limits {
            if (requestsPerMinute.orElse(1) < 1 || tokensPerMinute.orElse(1) < 1 || concurrency.orElse(1) < 1) {
                throw new IllegalArgumentException("limits must be >= 1");
            }
        }
    }
}
