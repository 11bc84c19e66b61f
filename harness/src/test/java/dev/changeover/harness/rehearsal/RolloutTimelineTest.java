package dev.changeover.harness.rehearsal;

import static dev.changeover.harness.rehearsal.RolloutBench.backAt;
import static dev.changeover.harness.rehearsal.RolloutBench.ended;
import static dev.changeover.harness.rehearsal.RolloutBench.is;
import static dev.changeover.harness.rehearsal.RolloutBench.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.PhaseDecision;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.rollout.Approval;
import dev.changeover.harness.scenario.Rollout.Decider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The shell around the state machine, with a gateway that a test plays.
@Timeout(60)
class RolloutTimelineTest {

    private RolloutBench bench;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        bench = new RolloutBench(folder);
    }

    @Test
    void aHealthyCanaryGetsEverything() throws Exception {
        try (RolloutTimeline timeline = bench.timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            bench.sendUntil(timeline, ended(PhaseDecision.PROMOTED, 1.0));
        }
        assertThat(bench.front.weight).isEqualTo(1);
        assertThat(bench.told(Event.Weight.class).map(w -> "%s %s %s".formatted(w.toNew(), w.step(), w.cause())))
                .containsExactly(
                        "0.3 ASKED ROLLOUT", "0.3 IN_FORCE ROLLOUT", "1.0 ASKED ROLLOUT", "1.0 IN_FORCE ROLLOUT");
        assertThat(bench.told(Event.Evidence.class).toList().getLast().newSeen())
                .isPositive();
        assertThat(bench.told(Event.Configuration.class).map(Event.Configuration::when))
                .containsExactly(Event.ConfigurationMoment.BEFORE);
        assertThat(bench.failures).isEmpty();
    }

    @Test
    void aBrokenCanaryGoesBackByWeight() throws Exception {
        bench.newErrors = 0.5;
        try (RolloutTimeline timeline = bench.timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            bench.sendUntil(timeline, is(Event.ConfigurationMoment.ROLLED_BACK));
        }
        assertThat(bench.front.weight).isZero();
        assertThat(bench.steps()).containsExactly(RollbackStep.TRIGGERED, RollbackStep.WEIGHT_SET);
        assertThat(bench.told(Event.PhaseEnd.class).map(Event.PhaseEnd::decision))
                .containsExactly(PhaseDecision.ROLLED_BACK);
        assertThat(bench.told(Event.Rollback.class).findFirst().orElseThrow().detail())
                .contains("E reached 20");
        assertThat(bench.told(Event.Weight.class).map(w -> w.step() + " " + w.cause()))
                .endsWith("ASKED ROLLBACK", "IN_FORCE ROLLBACK");
        assertThat(bench.told(Event.Configuration.class)
                        .map(Event.Configuration::digest)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aRefusedWeightIsToldAndHeld() throws Exception {
        bench.front.means = _ -> {
            throw new IOException("PUT /admin/weights answered 500");
        };
        try (RolloutTimeline timeline = bench.timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            bench.sendUntil(timeline, ended(PhaseDecision.HELD, 0.3));
        }
        Event.Weight failed = bench.told(Event.Weight.class)
                .filter(weight -> weight.step() == Event.WeightStep.FAILED)
                .findFirst()
                .orElseThrow();
        assertThat(failed.detail()).isEqualTo("PUT /admin/weights answered 500");
        assertThat(bench.told(Event.PhaseEnd.class).findFirst().orElseThrow().why())
                .contains("answered 500");
    }

    @Test
    void aWayBackThatIsRefusedIsTriedAgain() throws Exception {
        bench.newErrors = 0.5;
        AtomicBoolean refused = new AtomicBoolean();
        bench.front.means = toNew -> {
            if (toNew.value() == 0 && refused.compareAndSet(false, true)) {
                throw new IOException("busy");
            }
        };
        try (RolloutTimeline timeline = bench.timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            bench.sendUntil(timeline, is(RollbackStep.WEIGHT_SET));
        }
        assertThat(bench.steps())
                .containsExactly(RollbackStep.TRIGGERED, RollbackStep.WEIGHT_REFUSED, RollbackStep.WEIGHT_SET);
        assertThat(bench.front.weight).isZero();
    }

    @Test
    void aWayBackMayComeAtItsTimeWithoutAnyRollout() throws Exception {
        try (RolloutTimeline timeline = bench.timeline(Optional.empty(), Optional.of(backAt(Optional.empty())))) {
            bench.sendUntil(timeline, is(RollbackStep.WEIGHT_SET));
        }
        assertThat(bench.told(Event.Rollback.class).findFirst().orElseThrow().detail())
                .contains("rollback.at");
        assertThat(bench.told(Event.Evidence.class)).isEmpty();
    }

    @Test
    void somebodyIsAskedWhileTrafficGoesOn() throws Exception {
        RolloutBench.Asked asked = new RolloutBench.Asked();
        bench.approval = asked;
        try (RolloutTimeline timeline = bench.timeline(rollout(Decider.MANUAL, 0.3, 1), Optional.empty())) {
            bench.sendUntil(timeline, _ -> asked.answer != null);
            asked.answer.accept(Approval.Answer.PROMOTE);
            bench.sendUntil(timeline, ended(PhaseDecision.PROMOTED, 0.3));
        }
        assertThat(asked.questions.getFirst().numbers()).contains("on new had an error");
    }
}
