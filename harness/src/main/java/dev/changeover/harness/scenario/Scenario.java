package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import dev.changeover.toxics.backend.BackendChoice;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One rehearsal, complete and checked.
///
/// @param about one sentence, empty when not given
/// @param providers both arms; only a gateway that routes to one may leave the other out
/// @param toxiproxy what sets faults at the level of TCP
/// @param seed of everything that is random
public record Scenario(
        String name,
        String about,
        Traffic traffic,
        Map<Arm, Provider> providers,
        Gateway gateway,
        BackendChoice toxiproxy,
        List<FaultWindow> faults,
        Optional<Rollout> rollout,
        Optional<Rollback> rollback,
        Objectives objectives,
        List<GateSpec> expect,
        Alerts alerts,
        Optional<Cost> cost,
        List<Claim> claims,
        Optional<Budget> budget,
        long seed) {

    public Scenario {
        Map<Arm, Provider> ordered = new EnumMap<>(Arm.class);
        ordered.putAll(providers);
        providers = Collections.unmodifiableMap(ordered);
        faults = List.copyOf(faults);
        expect = List.copyOf(expect);
        claims = List.copyOf(claims);
    }

    /// Its providers without a gateway and what happens to one: no faults, no rollout, nothing that is judged.
    public Scenario straight() {
        return new Scenario(
                name,
                about,
                traffic,
                providers,
                new Gateway.None(),
                new BackendChoice.Embedded(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                objectives,
                List.of(),
                Alerts.NONE,
                Optional.empty(),
                List.of(),
                budget,
                seed);
    }

    /// What requests ask for where neither the trace nor the traffic names a model: the first that a provider maps.
    public String defaultModel() {
        return Arrays.stream(Arm.values())
                .filter(providers::containsKey)
                .flatMap(arm -> providers.get(arm).models().keySet().stream())
                .findFirst()
                .orElse("gpt-4.1");
    }
}
