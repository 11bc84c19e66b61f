package dev.changeover.harness.trace;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What came back when a request was recorded. Times are from the request's arrival.
///
/// @param status of HTTP, from 100 to 599
/// @param firstTokenNanos until the first content
/// @param chunks of a stream, where their times were kept; the first is `firstTokenNanos`
/// @param doneNanos until the last byte
/// @param outputTokens as the provider metered them
/// @param finishReason as the provider said it: `stop`, `length`, `tool_calls`
/// @param text of the answer, where it was kept
public record RecordedAnswer(
        int status,
        OptionalLong firstTokenNanos,
        Optional<ChunkTimes> chunks,
        OptionalLong doneNanos,
        OptionalInt outputTokens,
        Optional<String> finishReason,
        Optional<String> text) {

    public RecordedAnswer {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status must be from 100 to 599, got " + status);
        }
        requireTime("firstTokenNanos", firstTokenNanos.orElse(0));
        requireTime("doneNanos", doneNanos.orElse(0));
        TraceRequest.requireTokens("outputTokens", outputTokens);
        if (firstTokenNanos.isPresent() && firstTokenNanos.getAsLong() > doneNanos.orElse(Long.MAX_VALUE)) {
            throw new IllegalArgumentException("firstTokenNanos (%d) must be at most doneNanos (%d)"
                    .formatted(firstTokenNanos.getAsLong(), doneNanos.getAsLong()));
        }
    }

    private static void requireTime(String name, long nanos) {
        if (nanos < 0 || nanos > TraceRequest.MOST_NANOS) {
            throw new IllegalArgumentException(
                    "%s must be from 0 to %d, got %d".formatted(name, TraceRequest.MOST_NANOS, nanos));
        }
    }
}
