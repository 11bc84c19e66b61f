package dev.changeover.harness.gate;

import dev.changeover.harness.check.Findings;
import dev.changeover.harness.check.RollbackSummary;
import dev.changeover.harness.check.RollbackSummary.Condition;
import dev.changeover.harness.check.RolloutSummary;
import dev.changeover.harness.check.RolloutSummary.Phase;
import dev.changeover.harness.check.RolloutSummary.PhaseCourse;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Measures the change of provider itself: how far the rollout came, and how long the way back took.
final class ChangeMeasures {

    private final Findings findings;
    private final Scenario scenario;

    ChangeMeasures(Findings findings) {
        this.findings = findings;
        this.scenario = findings.observations().scenario();
    }

    Measured rollback() {
        Optional<RollbackSummary> rollback = findings.course().rollback();
        if (rollback.isEmpty()) {
            boolean due = scenario.rollback().flatMap(Rollback::at).isPresent();
            boolean possible =
                    scenario.rollback().isPresent() || scenario.rollout().isPresent();
            return due
                    ? Measured.nothing("the rollback that was planned never began")
                    : possible
                            ? Measured.notNeeded("no rollback was needed, so how long one takes was not rehearsed")
                            : Measured.nothing("the scenario has no rollback");
        }
        List<Condition> asked =
                rollback.get().conditions().stream().filter(Condition::asked).toList();
        List<Condition> broken = asked.stream().filter(Condition::broken).toList();
        String method = "from the trigger until everything asked holds, and stays so";
        if (!broken.isEmpty()) {
            return Measured.beyond(
                    1,
                    method,
                    broken.stream().map(Condition::evidence).collect(Collectors.joining("; and "))
                            + script(rollback.get()));
        }
        Optional<Condition> unseen = asked.stream().filter(c -> !c.known()).findFirst();
        if (unseen.isPresent()) {
            return Measured.nothing(unseen.get().evidence());
        }
        return Measured.exact(
                rollback.get().afterMillis().orElseThrow(),
                1,
                method,
                asked.stream().map(Condition::evidence).collect(Collectors.joining("; ")) + script(rollback.get()));
    }

    private static String script(RollbackSummary rollback) {
        if (rollback.script().isEmpty()) {
            return "";
        }
        String said = rollback.script().get().said();
        if (said.isEmpty()) {
            return "; the script was still running when the run ended";
        }
        return rollback.scriptWasTrue()
                .map(was -> was
                        ? "; the script said that it succeeded, and that was true"
                        : "; the script said that it succeeded, and that was not true")
                .orElse("; the script " + said);
    }

    /// A rollout that was rolled back or refused has failed; one that was held, or had no time to end, has
    /// not proved anything.
    Measured share() {
        Optional<RolloutSummary> found = findings.course().rollout();
        if (found.isEmpty()) {
            return Measured.nothing("the scenario has no rollout");
        }
        RolloutSummary rollout = found.get();
        Phase last = rollout.phases().getLast();
        Optional<RollbackSummary> rollback = findings.course().rollback();
        if (rollback.isEmpty() && scenario.rollback().flatMap(Rollback::at).isPresent()) {
            return Measured.nothing("the rollback that was planned never began");
        }
        if (rollback.isPresent() && rollback.get().planned()) {
            return Measured.notNeeded(
                    "the way back was planned, and nothing but the plan asked for it; %s".formatted(reached(rollout)));
        }
        boolean decided = rollout.rolledBack() || !rollout.refused().isEmpty();
        boolean complete = last.course() == PhaseCourse.PROMOTED
                || last.course() == PhaseCourse.UNDECIDED && last.fromMillis().isPresent();
        return decided || complete || rollout.shareAtEnd() >= last.weight()
                ? Measured.exact(rollout.shareAtEnd(), rollout.phases().size(), "read off", reached(rollout))
                : Measured.nothing(reached(rollout));
    }

    private String reached(RolloutSummary rollout) {
        return CourseSentences.rollout(rollout, findings.course().rollback());
    }
}
