package dev.changeover.harness.gateway.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a request may go, in order.
///
/// @param fallbackModels by the model asked for, others to try in order
public record Router(Splitter splitter, Map<String, List<String>> fallbackModels) {

    /// The candidates of one request: the model it asks for at each provider, then the others.
    ///
    /// @param conversation empty: it is one of its own
    /// @param request any number that tells requests apart
    public List<Candidate> candidates(String model, Optional<String> conversation, long request) {
        List<String> models = new ArrayList<>();
        models.add(model);
        models.addAll(fallbackModels.getOrDefault(model, List.of()));
        return Candidate.of(splitter.order(conversation, request), models);
    }
}
