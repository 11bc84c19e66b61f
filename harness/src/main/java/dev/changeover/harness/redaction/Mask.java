package dev.changeover.harness.redaction;

import java.util.function.BiConsumer;

/// A shape of secret that is looked for in a text.
interface Mask {

    /// Tells where each begins and ends, from left to right.
    void find(String text, BiConsumer<Integer, Integer> place);
}
