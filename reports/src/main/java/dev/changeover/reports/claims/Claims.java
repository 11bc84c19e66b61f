package dev.changeover.reports.claims;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.gate.ClaimFinding;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Scenario;
import java.util.List;
import java.util.Map;

/// Every claim of a scenario, decided in the order they were written.
public final class Claims {

    private Claims() {}

    public static List<ClaimResult> of(Judgement judgement) {
        return of(judgement.scenario(), judgement.arms(), judgement.claims());
    }

    static List<ClaimResult> of(Scenario scenario, Map<String, ArmSummary> arms, List<ClaimFinding> findings) {
        KnownValues known = KnownValues.after(scenario, arms);
        return scenario.claims().stream()
                .map(claim -> decide(claim, known, findings))
                .toList();
    }

    private static ClaimResult decide(Claim claim, KnownValues known, List<ClaimFinding> findings) {
        return switch (claim.test()) {
            case Claim.Test.Arithmetic test -> new ArithmeticClaim(claim, test, known).decide();
            case Claim.Test.Measured _ ->
                findings.stream()
                        .filter(finding -> finding.claim().equals(claim))
                        .findFirst()
                        .map(MeasuredClaim::decide)
                        .orElseGet(() -> ClaimResult.notTestable(claim, "the run measured nothing of it"));
            case Claim.Test.Untestable test -> ClaimResult.notTestable(claim, test.why());
        };
    }
}
