package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceRequest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One call of a model as a tool that observes applications tells of it: its times and counts, and what was said where
/// that was kept.
///
/// @param stream empty where it is not known
/// @param body of the request, with the model and the stream that are told here
/// @param status of the answer; empty where there was none, or nobody knows which
record ObservedCall(
        Moments moments,
        Optional<String> conversation,
        Optional<String> model,
        Optional<Boolean> stream,
        OptionalInt inputTokens,
        OptionalInt outputTokens,
        Optional<byte[]> body,
        OptionalInt status,
        Optional<String> finishReason) {

    /// Since 1970.
    record Moments(OptionalLong start, OptionalLong firstToken, OptionalLong end) {

        OptionalLong untilEnd() {
            return between(start, end);
        }

        /// Empty where all of the answer came at once: that was no first token.
        OptionalLong untilFirstToken() {
            OptionalLong first = between(start, firstToken);
            boolean before = first.isPresent() && first.getAsLong() < untilEnd().orElse(Long.MAX_VALUE);
            return before ? first : OptionalLong.empty();
        }

        private static OptionalLong between(OptionalLong from, OptionalLong to) {
            if (from.isEmpty() || to.isEmpty() || to.getAsLong() < from.getAsLong()) {
                return OptionalLong.empty();
            }
            long took = to.getAsLong() - from.getAsLong();
            return took >= 0 && took <= TraceRequest.MOST_NANOS ? OptionalLong.of(took) : OptionalLong.empty();
        }
    }

    /// @throws UnusableRow when nobody could tell what was asked
    Optional<ElementRows.TimedRequest> row() throws UnusableRow {
        if (body.isEmpty() && inputTokens.isEmpty()) {
            throw new UnusableRow("neither its messages nor how many tokens they have");
        }
        TraceRequest request = TraceRequest.arriving(0).conversation(conversation).model(model).stream(
                        body.isPresent() ? Optional.of(stream.orElse(false)) : stream)
                .inputTokens(inputTokens)
                .outputTokens(outputTokens)
                .body(body)
                .answer(answer())
                .build();
        return Optional.of(new ElementRows.TimedRequest(moments.start(), request));
    }

    private Optional<RecordedAnswer> answer() {
        if (status.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RecordedAnswer(
                status.getAsInt(),
                moments.untilFirstToken(),
                Optional.empty(),
                moments.untilEnd(),
                outputTokens,
                finishReason,
                Optional.empty()));
    }
}
