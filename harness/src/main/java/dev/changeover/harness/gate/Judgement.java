package dev.changeover.harness.gate;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.check.Course;
import dev.changeover.harness.check.Difference;
import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.LedgerSummary;
import dev.changeover.harness.check.Validity;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Scenario;
import java.util.List;
import java.util.SortedMap;

/// All that was found in a history: what every report is written from.
///
/// @param reasons sentences, the most important first; never empty
/// @param arms by `old`, `new` and `gateway`, those that are there
/// @param course rollout, rollback, hops, alerts, answers and the gateway as a program
/// @param claims those that a run can measure, in the order they were written
/// @param endedEarly the run was interrupted, killed or stopped, in words; empty when it was not
public record Judgement(
        Scenario scenario,
        Event.RunStarted started,
        Verdict verdict,
        List<String> reasons,
        List<GateResult> gates,
        SortedMap<String, ArmSummary> arms,
        List<Difference> differences,
        List<FaultSummary> faults,
        LedgerSummary ledger,
        Course course,
        List<ClaimFinding> claims,
        Validity validity,
        String endedEarly) {

    public Judgement {
        reasons = List.copyOf(reasons);
        gates = List.copyOf(gates);
        differences = List.copyOf(differences);
        faults = List.copyOf(faults);
        claims = List.copyOf(claims);
    }
}
