package dev.changeover.harness.trace;

import java.util.Arrays;
import java.util.OptionalInt;

/// What a prompt is made of, where its text is not known: blocks of the same text wherever they have the same number.
///
/// Two prompts that begin with the same numbers begin with the same tokens, as a provider's prefix cache sees them.
///
/// @param tokensEach of a block, 1 or more; only the last may be shorter
/// @param numbers of the blocks, in order; the array is not to be changed
public record PromptBlocks(int tokensEach, long[] numbers) {

    public PromptBlocks {
        if (tokensEach < 1 || tokensEach > TraceRequest.MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "tokensEach must be from 1 to %d, got %d".formatted(TraceRequest.MOST_TOKENS, tokensEach));
        }
    }

    /// Whether so many tokens fill all the blocks, of the last at least one.
    public boolean hold(int tokens) {
        return tokens <= (long) tokensEach * numbers.length && tokens > (long) tokensEach * (numbers.length - 1);
    }

    void requireFor(OptionalInt inputTokens) {
        if (inputTokens.isEmpty() || !hold(inputTokens.getAsInt())) {
            throw new IllegalArgumentException("%d blocks of %d tokens do not hold %s"
                    .formatted(
                            numbers.length,
                            tokensEach,
                            inputTokens.isEmpty() ? "an unknown count" : inputTokens.getAsInt() + " tokens"));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptBlocks that
                && tokensEach == that.tokensEach
                && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * tokensEach + Arrays.hashCode(numbers);
    }
}
