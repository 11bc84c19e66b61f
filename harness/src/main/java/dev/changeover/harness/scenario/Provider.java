package dev.changeover.harness.scenario;

import dev.changeover.harness.dialect.Manner;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A provider of one arm: what answers, what it calls its models, what it charges.
///
/// @param models from the trace's model names to the provider's; names not in it pass through
/// @param listen port of the proxy before it, for a gateway that is running already; empty: any free one
public record Provider(Source source, Map<String, String> models, Optional<Price> price, OptionalInt listen) {

    public Provider {
        models = Maps.ordered(models);
        if (listen.isPresent() && (listen.getAsInt() < 1 || listen.getAsInt() > 65_535)) {
            throw new IllegalArgumentException("listen must be a port from 1 to 65535, got " + listen.getAsInt());
        }
    }

    public Provider(Source source, Map<String, String> models, Optional<Price> price) {
        this(source, models, price, OptionalInt.empty());
    }

    /// The provider's name for a model.
    public String modelFor(String traceModel) {
        return models.getOrDefault(traceModel, traceModel);
    }

    /// What answers the calls.
    public sealed interface Source {

        /// Ours, in this process.
        record Simulated(SimulatedProfile profile) implements Source {}

        /// WireMock, in this process, with the stubs of a folder.
        record Stubbed(Path folder) implements Source {}

        /// Ours, like one that was measured.
        record Fitted(FittedProfile profile) implements Source {}

        /// A real one.
        ///
        /// @param baseUrl up to and with `/v1`
        /// @param apiKey the name of the environment variable that holds it
        /// @param manner how it is called
        /// @param connection how connections to it are made
        record Real(URI baseUrl, Optional<String> apiKey, Manner manner, Transport connection) implements Source {

            /// By connections as they are made where a scenario does not say.
            public Real(URI baseUrl, Optional<String> apiKey, Manner manner) {
                this(baseUrl, apiKey, manner, Transport.PROVIDER);
            }

            /// In the manner that its address lets guess.
            public Real(URI baseUrl, Optional<String> apiKey) {
                this(baseUrl, apiKey, Manner.at(baseUrl.getHost()));
            }
        }
    }
}
