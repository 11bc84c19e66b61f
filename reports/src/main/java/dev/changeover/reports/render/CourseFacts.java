package dev.changeover.reports.render;

import dev.changeover.harness.check.AnswerSummary;
import dev.changeover.harness.check.Course;
import dev.changeover.harness.check.GatewayFinding;
import dev.changeover.harness.check.HopSummary;
import dev.changeover.reports.render.HtmlReport.Fact;
import java.util.ArrayList;
import java.util.List;

/// What the gateway did, apart from how requests fared.
final class CourseFacts {

    private CourseFacts() {}

    /// Sentences below the table of phases.
    static List<String> rollout(Course course) {
        List<String> notes = new ArrayList<>();
        course.rollout().ifPresent(rollout -> {
            notes.add("Observed: of the conversations (or requests, where each is drawn for itself) given to a provider"
                    + " in the phase, those given to the new one; p is the chance of a share as far from the weight.");
            if (!rollout.refused().isBlank()) {
                notes.add("The gateway would not take a weight: %s.".formatted(rollout.refused()));
            }
            HopSummary hops = rollout.hops();
            notes.add(
                    "%s of %s conversations went from one provider to the other and back with nothing to explain it%s."
                            .formatted(
                                    Figures.count(hops.hopped()),
                                    Figures.count(hops.conversations()),
                                    hops.first().isBlank() ? "" : ": " + hops.first()));
        });
        return notes;
    }

    /// Of a gateway that was looked at from outside; empty where there is nothing to tell.
    static List<Fact> gateway(Course course) {
        GatewayFinding gateway = course.gateway();
        List<Fact> facts = new ArrayList<>();
        if (!gateway.neverReady().isBlank()) {
            facts.add(new Fact("never ready", gateway.neverReady()));
        }
        gateway.diedMillis().ifPresent(at -> facts.add(new Fact("died at " + Figures.millis(at), gateway.died())));
        if (!gateway.leftBehind().isEmpty()) {
            facts.add(new Fact("left behind, and killed", String.join(", ", gateway.leftBehind())));
        }
        if (gateway.healthLooks() > 0) {
            facts.add(new Fact("looks at its health page", Figures.count(gateway.healthLooks())));
            facts.add(new Fact("seconds in which most requests failed", Figures.count(gateway.failingSeconds())));
            facts.add(new Fact("of those, health page green", Figures.count(gateway.greenSeconds())));
        }
        AnswerSummary answers = course.answers();
        if (answers.known() && answers.misanswered() + answers.cached() > 0) {
            facts.add(new Fact("answered from an earlier, equal question", Figures.count(answers.cached())));
            facts.add(new Fact(
                    "answers that no provider gave to that question",
                    Figures.count(answers.misanswered()) + (answers.first().isBlank() ? "" : ": " + answers.first())));
        }
        return facts;
    }

    static Json json(Course course) {
        GatewayFinding gateway = course.gateway();
        AnswerSummary answers = course.answers();
        return new Json()
                .put("never_ready", gateway.neverReady())
                .put("died_ms", gateway.diedMillis(), 3)
                .put("left_behind", gateway.leftBehind())
                .put("health_looks", gateway.healthLooks())
                .put("failing_seconds", gateway.failingSeconds())
                .put("green_seconds", gateway.greenSeconds())
                .put("misanswered", answers.known() ? answers.misanswered() : null)
                .put("cached", answers.known() ? answers.cached() : null);
    }
}
