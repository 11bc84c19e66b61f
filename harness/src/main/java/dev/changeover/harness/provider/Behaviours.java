package dev.changeover.harness.provider;

import java.util.OptionalInt;

/// What requests meet at a simulated provider.
@FunctionalInterface
interface Behaviours {

    /// @param digest of the request
    /// @param occurrence how often the same request came before
    /// @param maxTokens of the answer, where the request says
    Behaviour of(long digest, int occurrence, OptionalInt maxTokens);
}
