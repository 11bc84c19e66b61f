package dev.changeover.reports.render;

import dev.changeover.harness.check.Course;
import dev.changeover.harness.check.HopSummary;
import dev.changeover.harness.check.RollbackSummary;
import dev.changeover.harness.check.RolloutSummary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The rollout and the way back in `report.json`.
final class RolloutJson {

    private static final int MILLIS = 3;
    private static final int FINE = 6;

    private RolloutJson() {}

    /// Empty where neither was.
    static Optional<Json> of(Course course) {
        if (course.rollout().isEmpty() && course.rollback().isEmpty()) {
            return Optional.empty();
        }
        Json rollout = new Json()
                .put(
                        "phases",
                        course.rollout().map(RolloutSummary::phases).orElse(List.of()).stream()
                                .map(phase -> PhaseRow.json(phase).fields())
                                .toList())
                .put("rolled_back", course.rollback().isPresent())
                .put("rollback", course.rollback().map(RolloutJson::rollback));
        course.rollout()
                .ifPresent(summary -> rollout.put("share_at_end", summary.shareAtEnd(), FINE)
                        .put("refused", summary.refused())
                        .put("evidence", evidence(summary)));
        return Optional.of(rollout.put("hops", hops(course.hops())));
    }

    private static List<?> evidence(RolloutSummary summary) {
        return summary.evidence().stream()
                .map(point -> new Json()
                        .put("at_ms", point.atMillis(), MILLIS)
                        .put("e_value", point.eValue(), FINE)
                        .put("old_seen", point.oldSeen())
                        .put("old_errors", point.oldErrors())
                        .put("new_seen", point.newSeen())
                        .put("new_errors", point.newErrors())
                        .fields())
                .toList();
    }

    private static Json hops(HopSummary hops) {
        return new Json()
                .put("conversations", hops.conversations())
                .put("hopped", hops.hopped())
                .put("first", hops.first())
                .put("worst", hops.worst());
    }

    private static Json rollback(RollbackSummary rollback) {
        return new Json()
                .put("triggered_ms", rollback.triggeredMillis(), MILLIS)
                .put("completed_ms", rollback.completedMillis(), MILLIS)
                .put("took_ms", rollback.afterMillis(), MILLIS)
                .put("by", rollback.by())
                .put("planned", rollback.planned())
                .put("stragglers", rollback.stragglers())
                .put("streams_cut", rollback.streamsCut())
                .put("lost", rollback.lost())
                .put("duplicated", rollback.duplicated())
                .put("traffic_back", condition(rollback.traffic()))
                .put("health", condition(rollback.health()))
                .put("configuration", condition(rollback.configuration()))
                .put("differs", rollback.differs())
                .put("script", rollback.script().map(script -> script(script, rollback)));
    }

    private static Json condition(RollbackSummary.Condition condition) {
        return new Json()
                .put("asked", condition.asked())
                .put("known", condition.known())
                .put("after_ms", condition.known() ? condition.afterMillis() : OptionalDouble.empty(), MILLIS)
                .put("evidence", condition.evidence());
    }

    private static Json script(RollbackSummary.Script script, RollbackSummary rollback) {
        return new Json()
                .put("said", script.said())
                .put("detail", script.detail())
                .put("took_ms", script.tookMillis(), MILLIS)
                .put("was_true", rollback.scriptWasTrue().orElse(null));
    }
}
