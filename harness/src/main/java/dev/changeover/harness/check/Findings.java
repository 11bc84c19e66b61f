package dev.changeover.harness.check;

import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Scenario;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that the checks found in a history.
///
/// @param observations and
/// @param comparisons that gates are held against
public record Findings(
        Observations observations,
        Comparisons comparisons,
        SortedMap<String, ArmSummary> arms,
        List<Difference> differences,
        List<FaultSummary> faults,
        LedgerSummary ledger,
        Validity validity) {

    public static Findings of(Scenario scenario, History history) {
        Observations observations = new Observations(scenario, history);
        Comparisons comparisons = new Comparisons(observations);
        Join join = observations.join();
        SortedMap<String, ArmSummary> arms = new TreeMap<>();
        ArmSummaries summaries = new ArmSummaries(observations);
        observations.sides().forEach((name, side) -> arms.put(name, summaries.of(side)));
        List<FaultSummary> faults = new FaultCheck(scenario, history, observations.faults(), join).summaries();
        long lost = 0;
        for (Side side : observations.clientSides()) {
            lost += side.counts().lost();
        }
        return new Findings(
                observations,
                comparisons,
                arms,
                comparisons.all().stream().map(Comparison::difference).toList(),
                faults,
                LedgerCheck.of(scenario, history, join, lost),
                new ValidityCheck(scenario, history, observations.faults(), observations.sides(), faults, join)
                        .validity());
    }
}
