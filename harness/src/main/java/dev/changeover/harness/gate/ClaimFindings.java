package dev.changeover.harness.gate;

import dev.changeover.harness.check.Findings;
import dev.changeover.harness.check.Side;
import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Claim.Whose;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds what was claimed against what was measured of the one whom it was claimed of.
final class ClaimFindings {

    private final Findings findings;

    private ClaimFindings(Findings findings) {
        this.findings = findings;
    }

    static List<ClaimFinding> of(Scenario scenario, Findings findings) {
        ClaimFindings judged = new ClaimFindings(findings);
        return scenario.claims().stream()
                .flatMap(claim -> claim.test() instanceof Claim.Test.Measured test
                        ? Stream.of(judged.finding(claim, test))
                        : Stream.empty())
                .toList();
    }

    private ClaimFinding finding(Claim claim, Claim.Test.Measured test) {
        Optional<String> why = whyNot(test);
        if (why.isPresent()) {
            return new ClaimFinding(claim, Optional.empty(), why.get());
        }
        GateSpec spec = new GateSpec(test.metric(), test.limit(), true);
        return new ClaimFinding(claim, Optional.of(Judge.safely(spec, findings, side(test.of()))), "");
    }

    private Optional<Side> side(Whose whose) {
        return switch (whose) {
            case OLD, NEW -> Optional.ofNullable(findings.observations().sides().get(word(whose)));
            case GATEWAY -> findings.observations().judged();
        };
    }

    private static String word(Whose whose) {
        return switch (whose) {
            case OLD -> "old";
            case NEW -> "new";
            case GATEWAY -> "gateway";
        };
    }

    private Optional<String> whyNot(Claim.Test.Measured test) {
        if (test.of() == Whose.GATEWAY) {
            return whyNotOfTheGateway(test.metric());
        }
        if (test.limit() instanceof GateSpec.Limit.Margin) {
            return Optional.of("A margin compares both providers, and says nothing of one of them.");
        }
        if (ofTheRun(test.metric())) {
            return Optional.of("%s is a matter of the whole run, not of one provider."
                    .formatted(test.metric().word()));
        }
        String on = evidence().getOrDefault(word(test.of()), "");
        return switch (on) {
            case "simulated" ->
                Optional.of("The %s provider was simulated: its figures are the scenario's own, not its vendor's."
                        .formatted(word(test.of())));
            case "stubbed" ->
                Optional.of("The %s provider was stubbed: its figures are the stubs' own, not its vendor's."
                        .formatted(word(test.of())));
            default ->
                side(test.of()).isPresent()
                        ? Optional.empty()
                        : Optional.of("The %s provider took no part in this run.".formatted(word(test.of())));
        };
    }

    /// How a gateway copes is its own doing. How fast and how reliable it is, is also that of the providers behind
    /// it, and of the faults that were put on them.
    private Optional<String> whyNotOfTheGateway(Metric metric) {
        if (ofTheRun(metric) || metric == Metric.ERROR_RATE_FAULT || metric == Metric.LOST) {
            return Optional.empty();
        }
        if (evidence().values().stream().anyMatch(on -> !on.equals("real"))) {
            return Optional.of("Not every provider behind the gateway was real: its %s is theirs, and no vendor's."
                    .formatted(metric.word()));
        }
        boolean struck = !findings.faults().isEmpty() && metric != Metric.ERROR_RATE_STEADY;
        return struck
                ? Optional.of(
                        ("Faults of this scenario's own were in force: its %s is no ordinary day's; recovery_time,"
                                        + " error_rate_fault and error_rate_steady can be claimed.")
                                .formatted(metric.word()))
                : Optional.empty();
    }

    private Map<String, String> evidence() {
        return findings.observations().history().started().evidence();
    }

    private static boolean ofTheRun(Metric metric) {
        return switch (metric) {
            case LATENCY_MEAN,
                    LATENCY_P50,
                    LATENCY_P95,
                    LATENCY_P99,
                    TTFT_P50,
                    TTFT_P95,
                    TTFT_P99,
                    ITL_P95,
                    TPOT_P50,
                    TPOT_P95,
                    ERROR_RATE,
                    ERROR_RATE_STEADY,
                    ERROR_RATE_FAULT,
                    AVAILABILITY,
                    GOODPUT,
                    LOST,
                    COST_PER_REQUEST,
                    COUNTED_RATIO -> false;
            case DUPLICATED,
                    ORPHANED,
                    RETRY_AMPLIFICATION,
                    RECOVERY_TIME,
                    DETECTION_TIME,
                    FAILBACK_TIME,
                    ROLLBACK_TIME,
                    MISANSWERED,
                    HOPS,
                    FALSE_GREEN,
                    ALERT_DELAY,
                    IN_FLIGHT,
                    ROLLOUT_SHARE -> true;
        };
    }
}
