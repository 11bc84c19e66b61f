package dev.changeover.toxics.wording;

import java.util.Locale;

/// A vendor whose way of refusing is known.
public enum Vendor {
    OPENAI,
    DEEPSEEK,
    ANTHROPIC,
    GEMINI,
    MISTRAL,
    AZURE,
    OPENROUTER,
    XAI;

    /// As written in a scenario: `openai`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
