package dev.changeover.harness.check;

import java.util.List;
import java.util.OptionalDouble;

/// How a rollout went.
///
/// @param rolledBack whether a phase ended in going back, for whatever reason
/// @param shareAtEnd the new provider's share when the run ended, or when a way back that was planned began
/// @param refused what the gateway said when it last would not take a weight; empty when it took the last
/// @param evidence the test's value over time
public record RolloutSummary(
        List<Phase> phases,
        boolean rolledBack,
        double shareAtEnd,
        String refused,
        List<Point> evidence,
        HopSummary hops) {

    public RolloutSummary {
        phases = List.copyOf(phases);
        evidence = List.copyOf(evidence);
    }

    /// @param weight 0 to 1
    /// @param fromMillis the weight in force, since t0; empty when it never was
    /// @param requests due while it was in force
    /// @param assigned conversations (or requests, where each is drawn for itself) that were given to a
    /// provider anew meanwhile, with both kept in
    /// @param assignedNew those of them that went to the new provider
    /// @param chance of a share as far from the weight as this (exact binomial, two-sided); empty when
    /// nothing was assigned
    /// @param why the decision's own words; empty when there was none
    /// @param eValue at the decision
    public record Phase(
            int index,
            double weight,
            OptionalDouble fromMillis,
            OptionalDouble toMillis,
            long requests,
            long assigned,
            long assignedNew,
            OptionalDouble chance,
            PhaseCourse course,
            String why,
            OptionalDouble eValue) {

        public OptionalDouble observedShare() {
            return assigned == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) assignedNew / assigned);
        }
    }

    public enum PhaseCourse {
        PROMOTED,
        HELD,
        ROLLED_BACK,
        /// The run ended first.
        UNDECIDED,
        NOT_REACHED
    }

    /// What the test had seen by then.
    public record Point(double atMillis, double eValue, long oldSeen, long oldErrors, long newSeen, long newErrors) {}
}
