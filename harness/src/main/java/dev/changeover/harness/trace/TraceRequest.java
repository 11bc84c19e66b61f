package dev.changeover.harness.trace;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One recorded request: when it arrived and what is known of it.
///
/// @param atNanos arrival, from the start of the trace
/// @param conversation the dialogue it belongs to
/// @param stream whether it asked for a stream
/// @param inputTokens of the prompt, as recorded
/// @param outputTokens of the answer, as recorded
/// @param blocks what its prompt is made of, where only that is known of it
/// @param body the chat-completion request as it was sent, JSON in UTF-8; the array is not to be changed
/// @param cancelledNanos when its caller left without waiting for the rest of the answer, from its arrival
/// @param answer what came back when it was recorded
public record TraceRequest(
        long atNanos,
        Optional<String> conversation,
        Optional<String> model,
        Optional<Boolean> stream,
        OptionalInt inputTokens,
        OptionalInt outputTokens,
        Optional<PromptBlocks> blocks,
        Optional<byte[]> body,
        OptionalLong cancelledNanos,
        Optional<RecordedAnswer> answer) {

    /// Largest token count of a request; more is a mistake in the trace.
    public static final int MOST_TOKENS = 10_000_000;

    /// Ten years.
    public static final long MOST_NANOS = 3_650L * 86_400 * 1_000_000_000;

    public TraceRequest {
        if (atNanos < 0 || atNanos > MOST_NANOS) {
            throw new IllegalArgumentException("atNanos must be from 0 to %d, got %d".formatted(MOST_NANOS, atNanos));
        }
        requireTokens("inputTokens", inputTokens);
        requireTokens("outputTokens", outputTokens);
        blocks.ifPresent(made -> made.requireFor(inputTokens));
        if (cancelledNanos.orElse(0) < 0 || cancelledNanos.orElse(0) > MOST_NANOS) {
            throw new IllegalArgumentException(
                    "cancelledNanos must be from 0 to %d, got %d".formatted(MOST_NANOS, cancelledNanos.getAsLong()));
        }
    }

    /// One of which nothing but its arrival is known yet.
    public static TraceRequestBuilder arriving(long atNanos) {
        return new TraceRequestBuilder(atNanos);
    }

    /// A request of which only its arrival and its token counts are known.
    public static TraceRequest ofCounts(long atNanos, int inputTokens, int outputTokens) {
        return arriving(atNanos)
                .inputTokens(OptionalInt.of(inputTokens))
                .outputTokens(OptionalInt.of(outputTokens))
                .build();
    }

    /// The same request at another time.
    public TraceRequest at(long nanos) {
        return new TraceRequest(
                nanos, conversation, model, stream, inputTokens, outputTokens, blocks, body, cancelledNanos, answer);
    }

    /// The same request with another answer, or none.
    public TraceRequest withAnswer(Optional<RecordedAnswer> other) {
        return new TraceRequest(
                atNanos, conversation, model, stream, inputTokens, outputTokens, blocks, body, cancelledNanos, other);
    }

    /// Bodies are compared by their bytes.
    @Override
    public boolean equals(Object other) {
        return other instanceof TraceRequest that
                && atNanos == that.atNanos
                && conversation.equals(that.conversation)
                && model.equals(that.model)
                && stream.equals(that.stream)
                && inputTokens.equals(that.inputTokens)
                && outputTokens.equals(that.outputTokens)
                && blocks.equals(that.blocks)
                && Arrays.equals(body.orElse(null), that.body.orElse(null))
                && cancelledNanos.equals(that.cancelledNanos)
                && answer.equals(that.answer);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                atNanos, conversation, model, inputTokens, outputTokens, Arrays.hashCode(body.orElse(null)));
    }

    static void requireTokens(String name, OptionalInt count) {
        if (count.orElse(0) < 0 || count.orElse(0) > MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "%s must be from 0 to %d, got %d".formatted(name, MOST_TOKENS, count.getAsInt()));
        }
    }
}
