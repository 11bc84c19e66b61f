package dev.changeover.harness.provider;

import dev.changeover.harness.measurement.Fit;
import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Ticker;
import java.util.Set;

/// All that makes one simulated provider unlike another.
///
/// @param models served; empty: every name
/// @param key the only API key accepted; empty text: any or none
record SimulatedManner(Set<String> models, String key, SimulatedProfile.Limits limits, Behaviours behaviours) {

    static SimulatedManner of(SimulatedProfile profile, long seed) {
        return new SimulatedManner(
                profile.models(),
                profile.key(),
                profile.limits(),
                (digest, occurrence, maxTokens) -> Behaviour.of(profile, seed, digest, occurrence, maxTokens));
    }

    /// @param run nanoseconds since t0
    static SimulatedManner of(Fit fit, long seed, Ticker run) {
        return new SimulatedManner(
                fit.profile().models(),
                fit.profile().key(),
                fit.limits(),
                (digest, occurrence, maxTokens) -> Behaviour.of(fit, seed, digest, occurrence, maxTokens, run.nanos()));
    }
}
