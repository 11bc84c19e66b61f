package dev.changeover.reports.render;

import dev.changeover.harness.check.RollbackSummary;
import dev.changeover.harness.check.RollbackSummary.Condition;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.reports.render.HtmlReport.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/// The way back to the old provider: what happened when, and what it cost.
///
/// @param summary one sentence
/// @param script its own word beside the truth; empty where there was none
record RollbackTable(String summary, List<Step> steps, List<Fact> facts, String script, boolean scriptLied) {

    /// @param after the trigger; `never` where it was waited for in vain
    record Step(String after, String what, String detail, boolean broken) {}

    private record Timed(double millis, Step step) {}

    static RollbackTable of(RollbackSummary rollback, History history) {
        return new RollbackTable(
                summary(rollback),
                steps(rollback, history),
                facts(rollback),
                script(rollback),
                rollback.scriptWasTrue().filter(truth -> !truth).isPresent());
    }

    private static String summary(RollbackSummary rollback) {
        String trigger = "Triggered at %s%s".formatted(Figures.millis(rollback.triggeredMillis()), by(rollback));
        OptionalDouble after = rollback.afterMillis();
        return after.isPresent()
                ? "%s; complete after %s.".formatted(trigger, Figures.millis(after.getAsDouble()))
                : trigger
                        + (rollback.conditions().stream().anyMatch(Condition::broken)
                                ? "; never complete."
                                : "; nobody saw whether it was ever complete.");
    }

    private static String by(RollbackSummary rollback) {
        if (rollback.planned()) {
            return ", as planned";
        }
        return rollback.by().isBlank() ? "" : " (%s)".formatted(rollback.by());
    }

    private static List<Step> steps(RollbackSummary rollback, History history) {
        List<Timed> timed = new ArrayList<>();
        for (Event.Rollback step : history.change().rollback()) {
            double after = step.atNanos() / 1e6 - rollback.triggeredMillis();
            timed.add(new Timed(after, new Step(after(after), words(step.step()), step.detail(), bad(step))));
        }
        condition(timed, "all traffic back", rollback.traffic());
        condition(timed, "health page green", rollback.health());
        condition(timed, "configuration as it was", rollback.configuration());
        return timed.stream()
                .sorted(Comparator.comparingDouble(Timed::millis))
                .map(Timed::step)
                .toList();
    }

    private static void condition(List<Timed> timed, String what, Condition condition) {
        if (!condition.known()) {
            if (condition.asked()) {
                timed.add(new Timed(Double.MAX_VALUE, new Step("not known", what, condition.evidence(), false)));
            }
        } else if (condition.afterMillis().isPresent()) {
            double after = condition.afterMillis().getAsDouble();
            timed.add(new Timed(after, new Step(after(after), what, condition.evidence(), false)));
        } else {
            timed.add(new Timed(
                    Double.POSITIVE_INFINITY, new Step("never", what, condition.evidence(), condition.asked())));
        }
    }

    private static String after(double millis) {
        return Figures.withoutZeros(Figures.millis(millis));
    }

    private static String words(Event.RollbackStep step) {
        return switch (step) {
            case TRIGGERED -> "triggered";
            case SCRIPT_STARTED -> "script started";
            case SCRIPT_SUCCEEDED -> "script says that it succeeded";
            case SCRIPT_FAILED -> "script says that it failed";
            case SCRIPT_HUNG -> "script hung, and was killed";
            case WEIGHT_SET -> "gateway took the weight";
            case WEIGHT_REFUSED -> "gateway refused the weight";
        };
    }

    private static boolean bad(Event.Rollback step) {
        return switch (step.step()) {
            case SCRIPT_FAILED, SCRIPT_HUNG, WEIGHT_REFUSED -> true;
            case TRIGGERED, SCRIPT_STARTED, SCRIPT_SUCCEEDED, WEIGHT_SET -> false;
        };
    }

    private static List<Fact> facts(RollbackSummary rollback) {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("calls that strayed to the new provider", Figures.count(rollback.stragglers())),
                new Fact("streams cut in flight", Figures.count(rollback.streamsCut())),
                new Fact("requests lost", Figures.count(rollback.lost())),
                new Fact("requests answered twice", Figures.count(rollback.duplicated()))));
        if (!rollback.differs().isEmpty()) {
            facts.add(new Fact("files that differ", String.join(", ", rollback.differs())));
        }
        return facts;
    }

    private static String script(RollbackSummary rollback) {
        return rollback.script()
                .map(script -> {
                    String said = script.said().isEmpty()
                            ? "The script had said nothing when the run ended."
                            : "The script %s%s."
                                    .formatted(
                                            said(script.said()),
                                            script.tookMillis().isPresent()
                                                    ? " after "
                                                            + Figures.millis(script.tookMillis()
                                                                    .getAsDouble())
                                                    : "");
                    return said
                            + rollback.scriptWasTrue()
                                    .map(truth -> truth ? " That was true." : " That was not true.")
                                    .orElse("");
                })
                .orElse("");
    }

    private static String said(String word) {
        return switch (word) {
            case "succeeded" -> "said that it had succeeded";
            case "failed" -> "said that it had failed";
            default -> word;
        };
    }
}
