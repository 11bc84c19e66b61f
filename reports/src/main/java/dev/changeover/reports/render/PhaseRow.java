package dev.changeover.reports.render;

import dev.changeover.harness.check.RolloutSummary;
import dev.changeover.harness.check.RolloutSummary.PhaseCourse;

/// A line of the table of a rollout's phases.
///
/// @param chance of a share as far from the weight as the one observed
record PhaseRow(
        String weight,
        String from,
        String requests,
        String observed,
        String chance,
        String eValue,
        String decision,
        String tone,
        String mark,
        String why) {

    static PhaseRow of(RolloutSummary.Phase phase) {
        return new PhaseRow(
                Figures.withoutZeros(Figures.share(phase.weight())),
                Figures.optional(phase.fromMillis(), Figures::millis),
                Figures.count(phase.requests()),
                Figures.optional(phase.observedShare(), Figures::share),
                Figures.optional(phase.chance(), PhaseRow::chance),
                Figures.optional(phase.eValue(), Figures::evidence),
                words(phase.course()),
                tone(phase.course()),
                mark(phase.course()),
                phase.why());
    }

    static Json json(RolloutSummary.Phase phase) {
        return new Json()
                .put("weight", phase.weight(), 6)
                .put("from_ms", phase.fromMillis(), 3)
                .put("to_ms", phase.toMillis(), 3)
                .put("observed_share", phase.observedShare(), 6)
                .put("assigned", phase.assigned())
                .put("assigned_new", phase.assignedNew())
                .put("share_p", phase.chance(), 6)
                .put("requests", phase.requests())
                .put("decision", decision(phase.course()))
                .put("decided", phase.course() != PhaseCourse.UNDECIDED)
                .put("why", phase.why())
                .put("e_value", phase.eValue(), 6);
    }

    /// A phase that the run's end cut short was held until then.
    private static String decision(PhaseCourse course) {
        return switch (course) {
            case PROMOTED, HELD, ROLLED_BACK, NOT_REACHED -> course.name();
            case UNDECIDED -> PhaseCourse.HELD.name();
        };
    }

    private static String words(PhaseCourse course) {
        return switch (course) {
            case PROMOTED -> "PROMOTED";
            case HELD -> "HELD";
            case ROLLED_BACK -> "ROLLED BACK";
            case UNDECIDED -> "RUN ENDED";
            case NOT_REACHED -> "NOT REACHED";
        };
    }

    private static String tone(PhaseCourse course) {
        return switch (course) {
            case PROMOTED -> "good";
            case ROLLED_BACK -> "bad";
            case HELD, UNDECIDED, NOT_REACHED -> "open";
        };
    }

    private static String mark(PhaseCourse course) {
        return switch (course) {
            case PROMOTED -> "✓";
            case ROLLED_BACK -> "✕";
            case HELD, UNDECIDED, NOT_REACHED -> "–";
        };
    }

    private static String chance(double chance) {
        return chance < 0.001 ? "below 0.001" : Figures.decimal(chance, chance < 0.1 ? 3 : 2);
    }
}
