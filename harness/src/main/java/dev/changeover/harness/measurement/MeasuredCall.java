package dev.changeover.harness.measurement;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One call of a provider as somebody measured it.
///
/// @param atNanos when it was made, on any clock
/// @param ttftNanos to the first content
/// @param lastNanos to the last content
/// @param outputTokens of the answer
/// @param failure empty: it was served
public record MeasuredCall(
        OptionalLong atNanos,
        OptionalLong ttftNanos,
        OptionalLong lastNanos,
        OptionalInt outputTokens,
        Optional<Failure> failure) {

    private static final Duration LONGEST = Duration.ofDays(1);

    public MeasuredCall {
        requireTime("first token", ttftNanos.orElse(0));
        requireTime("done", lastNanos.orElse(0));
        if (ttftNanos.isPresent() && lastNanos.isPresent() && lastNanos.getAsLong() < ttftNanos.getAsLong()) {
            throw new IllegalArgumentException("done before its first token");
        }
        if (outputTokens.orElse(0) < 0) {
            throw new IllegalArgumentException("output tokens below 0");
        }
    }

    static MeasuredCall served(OptionalLong atNanos, long ttftNanos, OptionalLong lastNanos, OptionalInt tokens) {
        return new MeasuredCall(atNanos, OptionalLong.of(ttftNanos), lastNanos, tokens, Optional.empty());
    }

    static MeasuredCall failed(OptionalLong atNanos, Failure failure) {
        return new MeasuredCall(
                atNanos, OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), Optional.of(failure));
    }

    boolean isServed() {
        return failure.isEmpty();
    }

    /// The time of one token after the first; 0 when all came at once, empty where there are no two.
    OptionalDouble nanosPerToken() {
        return ttftNanos.isPresent() && lastNanos.isPresent() && outputTokens.orElse(0) > 1
                ? OptionalDouble.of(
                        (double) (lastNanos.getAsLong() - ttftNanos.getAsLong()) / (outputTokens.getAsInt() - 1))
                : OptionalDouble.empty();
    }

    MeasuredCall at(long nanos) {
        return new MeasuredCall(OptionalLong.of(nanos), ttftNanos, lastNanos, outputTokens, failure);
    }

    static void requireTime(String what, long nanos) {
        if (nanos < 0 || nanos > LONGEST.toNanos()) {
            throw new IllegalArgumentException(what + " is not between 0 and a day");
        }
    }
}
