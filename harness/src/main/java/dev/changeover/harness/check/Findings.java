package dev.changeover.harness.check;

import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// All that the checks found in a history.
///
/// @param course what the gateway and its operators did
/// @param observations and
/// @param comparisons that gates are held against
public record Findings(
        Observations observations,
        Comparisons comparisons,
        SortedMap<String, ArmSummary> arms,
        List<Difference> differences,
        List<FaultSummary> faults,
        LedgerSummary ledger,
        Course course,
        Validity validity) {

    /// Runs every check. One that breaks is a reason to doubt the run, never a pass.
    public static Findings of(Scenario scenario, History history) {
        Observations observations = new Observations(scenario, history);
        Comparisons comparisons = new Comparisons(observations);
        Join join = observations.join();
        List<String> broken = new ArrayList<>();
        SortedMap<String, ArmSummary> arms = new TreeMap<>();
        ArmSummaries summaries = new ArmSummaries(observations);
        observations.sides().forEach((name, side) -> arms.put(name, summaries.of(side)));
        long lost = observations.clientSides().stream()
                .mapToLong(side -> side.counts().lost())
                .sum();
        List<FaultSummary> faults = safely(
                "faults",
                () -> new FaultCheck(scenario, history, observations.faults(), join).summaries(),
                List.of(),
                broken);
        List<Difference> differences = safely(
                "differences",
                () -> comparisons.all().stream().map(Comparison::difference).toList(),
                List.of(),
                broken);
        LedgerSummary ledger = safely(
                "ledger", () -> LedgerCheck.of(scenario, history, join, lost), LedgerSummary.unknown(lost), broken);
        Course course = Course.of(scenario, history, observations, broken);
        Validity validity = safely(
                "validity",
                () -> new ValidityCheck(
                                scenario,
                                history,
                                observations.faults(),
                                observations.sides(),
                                faults,
                                join,
                                comparisons.pairs(),
                                course)
                        .validity(),
                Validity.unknown(),
                broken);
        return new Findings(
                observations, comparisons, arms, differences, faults, ledger, course, validity.doubtedFor(broken));
    }

    static <T> T safely(String check, Supplier<T> result, T otherwise, List<String> broken) {
        try {
            return result.get();
        } catch (RuntimeException e) {
            broken.add("The check of %s broke, a defect of ours: %s.".formatted(check, e));
            return otherwise;
        }
    }
}
