package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Share;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Ways of moving traffic, and of looking at it, that hide what goes wrong.
final class CanaryRisks {

    private CanaryRisks() {}

    static List<String> of(Scenario scenario) {
        List<String> warnings = new ArrayList<>();
        scenario.rollout().ifPresent(rollout -> rollout(rollout, warnings));
        if (scenario.gateway() instanceof Gateway.Reference gateway) {
            gateway.split().ifPresent(split -> split(split, warnings));
            if (gateway.healthPage() == Gateway.HealthPage.BLIND) {
                warnings.add(
                        "gateway.reference.health_page is blind: it answers 200 while no provider can be called, and"
                                + " whoever watches it sees nothing");
            }
        }
        return warnings;
    }

    private static void rollout(Rollout rollout, List<String> warnings) {
        if (rollout.gate() == Rollout.Decider.CALENDAR) {
            warnings.add(
                    "rollout.gate is calendar: traffic moves on to the new provider however badly it does; evidence"
                            + " would stop it");
        }
        if (rollout.weights().getFirst().equals(Share.ALL)) {
            warnings.add(
                    "rollout.weights begins with 100%: everything moves at once, and nothing is left to compare with");
        }
        if (rollout.sticky() == Rollout.Sticky.REQUEST) {
            warnings.add("rollout.sticky is request: one conversation may hop between the providers");
        }
    }

    private static void split(Gateway.Split split, List<String> warnings) {
        warnings.add(
                "gateway.reference.split gives the new provider %s%% and nothing decides on it; a rollout with gate: evidence would"
                        .formatted(BigDecimal.valueOf(split.toNew().value())
                                .movePointRight(2)
                                .stripTrailingZeros()
                                .toPlainString()));
        if (split.sticky() == Rollout.Sticky.REQUEST) {
            warnings.add("gateway.reference.split.sticky is request: one conversation may hop between the providers");
        }
    }
}
