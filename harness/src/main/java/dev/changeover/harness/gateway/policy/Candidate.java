package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.units.Arm;
import java.util.List;

/// What a request may be sent to.
///
/// @param model as the caller names it; the provider may have its own name for it
public record Candidate(Arm arm, String model) {

    /// Model by model, and for each of them the providers in their order.
    static List<Candidate> of(List<Arm> arms, List<String> models) {
        return models.stream()
                .distinct()
                .flatMap(model -> arms.stream().map(arm -> new Candidate(arm, model)))
                .toList();
    }
}
