package dev.changeover.harness.trace;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Makes a [TraceRequest] of what is known of it; all that is not said is not known.
public final class TraceRequestBuilder {

    private final long atNanos;
    private Optional<String> conversation = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<Boolean> stream = Optional.empty();
    private OptionalInt inputTokens = OptionalInt.empty();
    private OptionalInt outputTokens = OptionalInt.empty();
    private Optional<PromptBlocks> blocks = Optional.empty();
    private Optional<byte[]> body = Optional.empty();
    private OptionalLong cancelledNanos = OptionalLong.empty();
    private Optional<RecordedAnswer> answer = Optional.empty();

    TraceRequestBuilder(long atNanos) {
        this.atNanos = atNanos;
    }

    public TraceRequestBuilder conversation(Optional<String> name) {
        conversation = name;
        return this;
    }

    public TraceRequestBuilder model(Optional<String> name) {
        model = name;
        return this;
    }

    public TraceRequestBuilder stream(Optional<Boolean> asked) {
        stream = asked;
        return this;
    }

    public TraceRequestBuilder inputTokens(OptionalInt count) {
        inputTokens = count;
        return this;
    }

    public TraceRequestBuilder outputTokens(OptionalInt count) {
        outputTokens = count;
        return this;
    }

    public TraceRequestBuilder blocks(Optional<PromptBlocks> made) {
        blocks = made;
        return this;
    }

    /// @param json not to be changed afterwards
    public TraceRequestBuilder body(Optional<byte[]> json) {
        body = json;
        return this;
    }

    public TraceRequestBuilder cancelledNanos(OptionalLong after) {
        cancelledNanos = after;
        return this;
    }

    public TraceRequestBuilder answer(Optional<RecordedAnswer> came) {
        answer = came;
        return this;
    }

    /// @throws IllegalArgumentException when a value is out of its range
    public TraceRequest build() {
        return new TraceRequest(
                atNanos, conversation, model, stream, inputTokens, outputTokens, blocks, body, cancelledNanos, answer);
    }
}
