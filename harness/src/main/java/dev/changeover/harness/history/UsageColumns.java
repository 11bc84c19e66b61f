package dev.changeover.harness.history;

import dev.changeover.harness.wire.Usage;

/// Tokens as metered, by column.
final class UsageColumns {

    private final Column input = new Column();
    private final Column output = new Column();
    private final Column cached = new Column();

    void add(Usage usage) {
        input.add(usage.input());
        output.add(usage.output());
        cached.add(usage.cached());
    }

    Usage get(int i) {
        return new Usage(input.optional(i), output.optional(i), cached.optional(i));
    }
}
