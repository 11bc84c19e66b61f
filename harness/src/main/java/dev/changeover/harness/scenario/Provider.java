package dev.changeover.harness.scenario;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// A provider of one arm: what answers, what it calls its models, what it charges.
///
/// @param models from the trace's model names to the provider's; names not in it pass through
public record Provider(Source source, Map<String, String> models, Optional<Price> price) {

    public Provider {
        models = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(models));
    }

    /// The provider's name for a model.
    public String modelFor(String traceModel) {
        return models.getOrDefault(traceModel, traceModel);
    }

    /// What answers the calls.
    public sealed interface Source {

        /// Ours, in this process.
        record Simulated(SimulatedProfile profile) implements Source {}

        /// A real one.
        ///
        /// @param baseUrl up to and with `/v1`
        /// @param apiKey the name of the environment variable that holds it
        record Real(URI baseUrl, Optional<String> apiKey) implements Source {}
    }
}
