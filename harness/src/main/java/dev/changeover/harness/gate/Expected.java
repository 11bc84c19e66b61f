package dev.changeover.harness.gate;

import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.GateSpec.Limit;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Durations;
import java.util.ArrayList;
import java.util.List;

/// The gates of a scenario: those that it names, and those that it asks for by its rollout and its rollback.
/// See `docs/decisions/0012-rollout-verdict.md`.
public final class Expected {

    private Expected() {}

    /// A rollout has to come to its last weight, and a rollback has to be what `verify` asks `within`. One that
    /// the scenario names itself stands as it is written.
    public static List<GateSpec> of(Scenario scenario) {
        List<GateSpec> gates = new ArrayList<>(scenario.expect());
        if (scenario.rollout().isPresent() && !named(scenario, Metric.ROLLOUT_SHARE)) {
            double last = scenario.rollout().get().weights().getLast().value();
            gates.add(new GateSpec(Metric.ROLLOUT_SHARE, new Limit.Min(last), true));
        }
        if (!named(scenario, Metric.ROLLBACK_TIME)) {
            scenario.rollback()
                    .flatMap(Rollback::verify)
                    .map(verify -> new Limit.Max(Durations.millis(verify.within())))
                    .ifPresent(limit -> gates.add(new GateSpec(Metric.ROLLBACK_TIME, limit, true)));
        }
        return List.copyOf(gates);
    }

    private static boolean named(Scenario scenario, Metric metric) {
        return scenario.expect().stream().anyMatch(gate -> gate.metric() == metric);
    }
}
