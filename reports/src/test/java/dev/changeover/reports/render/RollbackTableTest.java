package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.changeover.harness.check.RollbackSummary;
import dev.changeover.harness.check.RollbackSummary.Condition;
import dev.changeover.harness.check.RollbackSummary.Script;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.history.History;
import dev.changeover.reports.render.RollbackTable.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RollbackTableTest {

    private static final long TRIGGERED = 60_000_000_000L;
    private static final Condition NOT_ASKED = new Condition(false, false, OptionalDouble.empty(), "");

    @Test
    void aScriptThatLiesIsHeldAgainstWhatHappened() {
        Condition traffic =
                new Condition(true, true, OptionalDouble.empty(), "412 of 800 requests still reached the new provider");
        Condition health = new Condition(true, true, OptionalDouble.of(0), "green at every look");

        RollbackTable table = RollbackTable.of(
                summary(
                        traffic,
                        health,
                        Optional.of(new Script("succeeded", "", OptionalDouble.of(5_210))),
                        Optional.of(false)),
                history(RollbackStep.TRIGGERED, RollbackStep.SCRIPT_STARTED, RollbackStep.SCRIPT_SUCCEEDED));

        assertThat(table.script()).isEqualTo("The script said that it had succeeded after 5.21 s. That was not true.");
        assertThat(table.scriptLied()).isTrue();
        assertThat(table.summary()).isEqualTo("Triggered at 60.0 s, as planned; never complete.");
        assertThat(table.steps())
                .extracting(Step::after, Step::what, Step::broken)
                .containsExactly(
                        tuple("0 ms", "triggered", false),
                        tuple("0 ms", "health page green", false),
                        tuple("1 s", "script started", false),
                        tuple("2 s", "script says that it succeeded", false),
                        tuple("never", "all traffic back", true));
        assertThat(table.facts())
                .extracting(HtmlReport.Fact::value)
                .containsExactly("7", "2", "3", "1", "relay.properties");
    }

    @Test
    void whatHeldIsToldWithItsTime() {
        Condition traffic = new Condition(true, true, OptionalDouble.of(1_500), "");

        RollbackTable table = RollbackTable.of(
                summary(traffic, NOT_ASKED, Optional.empty(), Optional.empty()),
                history(RollbackStep.TRIGGERED, RollbackStep.WEIGHT_SET));

        assertThat(table.summary()).endsWith("complete after 1.50 s.");
        assertThat(table.script()).isEmpty();
        assertThat(table.steps())
                .extracting(Step::what)
                .containsExactly("triggered", "gateway took the weight", "all traffic back");
    }

    @Test
    void whatNobodyLookedAtIsNotKnown() {
        Condition unseen = new Condition(true, false, OptionalDouble.empty(), "nobody looked");

        RollbackTable table = RollbackTable.of(
                summary(
                        unseen,
                        NOT_ASKED,
                        Optional.of(new Script("hung", "", OptionalDouble.empty())),
                        Optional.empty()),
                history(RollbackStep.TRIGGERED, RollbackStep.SCRIPT_HUNG));

        assertThat(table.summary()).endsWith("nobody saw whether it was ever complete.");
        assertThat(table.script()).isEqualTo("The script hung.");
        assertThat(table.steps().getLast())
                .isEqualTo(new Step("not known", "all traffic back", "nobody looked", false));
        assertThat(table.steps()).extracting(Step::broken).containsExactly(false, true, false);
    }

    private static RollbackSummary summary(
            Condition traffic, Condition health, Optional<Script> script, Optional<Boolean> truth) {
        return new RollbackSummary(
                TRIGGERED / 1e6,
                "the plan",
                true,
                traffic,
                health,
                NOT_ASKED,
                script,
                truth,
                7,
                2,
                3,
                1,
                List.of("relay.properties"));
    }

    /// The steps a second apart.
    private static History history(RollbackStep... steps) {
        List<Event> events = new ArrayList<>(List.of(SampleHistories.started()));
        for (int i = 0; i < steps.length; i++) {
            events.add(new Event.Rollback(steps[i], "", TRIGGERED + i * 1_000_000_000L));
        }
        return History.of(events, 0);
    }
}
