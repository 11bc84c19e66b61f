package dev.changeover.harness.dialect;

import dev.changeover.harness.wire.ChatRequest;
import java.util.List;

/// A request as it leaves for a provider.
///
/// @param applied in the order in which they were carried out, those that only say something among them
public record Rewritten(ChatRequest request, List<Rule> applied) {

    public Rewritten {
        applied = List.copyOf(applied);
    }

    public boolean changed() {
        return applied.stream().anyMatch(Rule::changes);
    }
}
