package dev.changeover.harness.gate;

import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Scenario;
import java.util.Optional;

/// What a gate on the course of a run lacks in a scenario.
final class CoursePlan {

    private CoursePlan() {}

    /// As a clause; empty when it lacks nothing.
    static Optional<String> of(Scenario scenario, Metric metric) {
        boolean direct = scenario.gateway() instanceof Gateway.None;
        boolean missing = switch (metric) {
            case FAILBACK_TIME -> direct || scenario.faults().isEmpty();
            case ALERT_DELAY ->
                scenario.faults().isEmpty() || scenario.alerts().rules().isEmpty();
            case ROLLBACK_TIME -> scenario.rollback().isEmpty();
            case ROLLOUT_SHARE -> scenario.rollout().isEmpty();
            case FALSE_GREEN -> direct || !hasHealthPage(scenario.gateway());
            case MISANSWERED, HOPS -> direct;
            default -> false;
        };
        return missing ? Optional.of("it needs " + needs(metric)) : Optional.empty();
    }

    private static boolean hasHealthPage(Gateway gateway) {
        return switch (gateway) {
            case Gateway.None _ -> false;
            case Gateway.Reference _ -> true;
            case Gateway.Url url -> url.health().isPresent();
            case Gateway.Command command -> command.health().isPresent();
        };
    }

    private static String needs(Metric metric) {
        return switch (metric) {
            case FAILBACK_TIME -> "a gateway and a fault";
            case ALERT_DELAY -> "a fault and alert rules";
            case ROLLBACK_TIME -> "a rollback";
            case ROLLOUT_SHARE -> "a rollout";
            case FALSE_GREEN -> "a gateway with a health page";
            default -> "a gateway";
        };
    }
}
