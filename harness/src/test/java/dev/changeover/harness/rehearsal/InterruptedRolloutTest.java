package dev.changeover.harness.rehearsal;

import static dev.changeover.harness.rehearsal.RolloutBench.backAt;
import static dev.changeover.harness.rehearsal.RolloutBench.forever;
import static dev.changeover.harness.rehearsal.RolloutBench.is;
import static dev.changeover.harness.rehearsal.RolloutBench.rollout;
import static dev.changeover.harness.rehearsal.RolloutBench.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.rollout.Approval;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.scenario.Rollout.Decider;
import dev.changeover.harness.units.Share;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is left of a rollout that ends with its run.
@Timeout(60)
class InterruptedRolloutTest {

    private RolloutBench bench;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        bench = new RolloutBench(folder);
    }

    @Test
    void interruptedBeforeTheFirstPhaseNothingWasChanged() throws Exception {
        Rollout later = new Rollout(
                Duration.ofHours(1),
                List.of(Share.ALL),
                new Rollout.Hold.Requests(1),
                Rollout.Sticky.CONVERSATION,
                Decider.EVIDENCE,
                Rollout.Tolerated.DEFAULT);
        try (RolloutTimeline timeline = bench.timeline(Optional.of(later), Optional.empty())) {
            bench.sendUntil(timeline, is(Event.ConfigurationMoment.BEFORE));
        }
        assertThat(bench.events).hasOnlyElementsOfType(Event.Configuration.class);
        assertThat(bench.front.weight).isZero();
    }

    @Test
    void interruptedWhileAWeightIsOnItsWayItEndsAtOnce() throws Exception {
        bench.front.means = _ -> forever();
        try (RolloutTimeline timeline = bench.timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            bench.sendUntil(timeline, event -> event instanceof Event.Weight);
        }
        assertThat(bench.told(Event.Weight.class).toList().getLast().step()).isEqualTo(Event.WeightStep.FAILED);
        assertThat(bench.told(Event.Weight.class).toList().getLast().detail()).contains("the run ended");
    }

    @Test
    void interruptedInAPhaseTheLastEvidenceIsTold() throws Exception {
        try (RolloutTimeline timeline = bench.timeline(rollout(Decider.CALENDAR, 0.3), Optional.empty())) {
            bench.sendUntil(
                    timeline,
                    event -> event instanceof Event.Weight weight && weight.step() == Event.WeightStep.IN_FORCE);
            bench.sendUntil(timeline, event -> event instanceof Event.Evidence);
        }
        assertThat(bench.events.getLast()).isInstanceOf(Event.Evidence.class);
        assertThat(bench.steps()).isEmpty();
    }

    @Test
    void interruptedWhileSomebodyIsAskedTheQuestionIsWithdrawn() throws Exception {
        RolloutBench.Asked asked = new RolloutBench.Asked();
        bench.approval = asked;
        try (RolloutTimeline timeline = bench.timeline(rollout(Decider.MANUAL, 0.3, 1), Optional.empty())) {
            bench.sendUntil(timeline, _ -> asked.answer != null);
        }
        assertThat(asked.withdrawn).isTrue();
        asked.answer.accept(Approval.Answer.PROMOTE);
        assertThat(bench.front.weight).isEqualTo(0.3);
    }

    @Test
    void interruptedWhileAScriptRunsItIsKilledAndToldSo() throws Exception {
        assumeTrue(File.separatorChar == '/', "needs a shell");
        Rollback.Script script = script("echo $$ > pid; sleep 600", Duration.ofMinutes(10));
        try (RolloutTimeline timeline = bench.timeline(Optional.empty(), Optional.of(backAt(Optional.of(script))))) {
            bench.sendUntil(
                    timeline,
                    _ -> Files.exists(bench.folder().resolve("pid"))
                            && !bench.read("pid").isBlank());
        }
        long pid = Long.parseLong(bench.read("pid").strip());
        ProcessHandle.of(pid).ifPresent(killed -> assertThat(killed.onExit()).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(bench.steps()).endsWith(RollbackStep.SCRIPT_FAILED);
        assertThat(bench.told(Event.Rollback.class).toList().getLast().detail())
                .contains("the run ended before it did");
    }
}
