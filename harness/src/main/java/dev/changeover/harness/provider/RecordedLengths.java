package dev.changeover.harness.provider;

import dev.changeover.harness.wire.ChatRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/// How long recorded answers were, by what was asked, so that a simulated provider answers no longer than the recorded
/// one did. Of equal questions the first counts. To be filled before a provider starts with it.
public final class RecordedLengths {

    private static final int MOST_QUESTIONS = 200_000;

    private final Map<Long, Integer> tokens = new HashMap<>();

    /// Of more than 200,000 questions, those that come later are not known.
    ///
    /// @param outputTokens of the answer, 1 or more
    public void add(ChatRequest asked, int outputTokens) {
        if (outputTokens < 1) {
            throw new IllegalArgumentException("outputTokens must be >= 1, got " + outputTokens);
        }
        if (tokens.size() < MOST_QUESTIONS) {
            tokens.putIfAbsent(asked.questionHash(), outputTokens);
        }
    }

    /// The most that an answer is to have: as recorded, and as the request allows; empty where neither is known.
    OptionalInt bound(ChatRequest asked) {
        Integer recorded = tokens.isEmpty() ? null : tokens.get(asked.questionHash());
        if (recorded == null) {
            return asked.maxTokens();
        }
        return OptionalInt.of(Math.min(recorded, asked.maxTokens().orElse(recorded)));
    }
}
