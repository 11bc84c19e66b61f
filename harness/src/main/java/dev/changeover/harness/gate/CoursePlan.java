package dev.changeover.harness.gate;

import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import java.util.Optional;

/// What gates on the course of a run need, as a clause; empty when the scenario has it.
record CoursePlan(Scenario scenario) {

    Optional<String> gateway() {
        return lacks(scenario.gateway() instanceof Gateway.None, "a gateway");
    }

    Optional<String> failback() {
        return lacks(gateway().isPresent() || scenario.faults().isEmpty(), "a gateway and a fault");
    }

    Optional<String> alerts() {
        return lacks(scenario.faults().isEmpty() || scenario.alerts().rules().isEmpty(), "a fault and alert rules");
    }

    Optional<String> rollback() {
        return lacks(scenario.rollback().isEmpty() && scenario.rollout().isEmpty(), "a rollback");
    }

    Optional<String> rollout() {
        return lacks(scenario.rollout().isEmpty(), "a rollout");
    }

    Optional<String> healthPage() {
        boolean has = switch (scenario.gateway()) {
            case Gateway.None _ -> false;
            case Gateway.Reference _ -> true;
            case Gateway.Url url -> url.health().isPresent();
            case Gateway.Command command -> command.health().isPresent();
        };
        return lacks(!has, "a gateway with a health page");
    }

    private static Optional<String> lacks(boolean so, String what) {
        return so ? Optional.of("it needs " + what) : Optional.empty();
    }
}
