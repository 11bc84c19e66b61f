package dev.changeover.reports.claims;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Scenario;
import java.util.List;
import java.util.Map;

/// Every claim of a scenario, decided in the order they were written.
public final class Claims {

    private Claims() {}

    /// @param arms by `old`, `new` and `gateway`, as the run measured them
    public static List<ClaimResult> of(Scenario scenario, Map<String, ArmSummary> arms) {
        KnownValues known = KnownValues.after(scenario, arms);
        return scenario.claims().stream().map(claim -> decide(claim, known)).toList();
    }

    private static ClaimResult decide(Claim claim, KnownValues known) {
        return switch (claim.test()) {
            case Claim.Test.Arithmetic test -> new ArithmeticClaim(claim, test, known).decide();
            case Claim.Test.Measured _ -> ClaimResult.notTestable(claim, "this run measured nothing of it");
            case Claim.Test.Untestable test -> ClaimResult.notTestable(claim, test.why());
        };
    }
}
