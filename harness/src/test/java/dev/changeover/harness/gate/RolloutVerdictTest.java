package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.check.RollbackSummary;
import dev.changeover.harness.check.RolloutSummary;
import dev.changeover.harness.check.RolloutSummary.PhaseCourse;
import dev.changeover.harness.history.Event.ConfigurationMoment;
import dev.changeover.harness.history.Event.PhaseDecision;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.history.Event.WeightCause;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Rollout.Decider;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A minute with a hundred requests a second, four to a conversation. The new provider gets 25 % from 10 s
/// and everything from 30 s, unless it is stopped.
class RolloutVerdictTest {

    private static final int REQUESTS = 6_000;
    private static final Rollback.Verify ALL_BACK =
            new Rollback.Verify(Share.ALL, false, false, Duration.ofSeconds(10));

    private static Scenarios canary() {
        return Scenarios.routing(Arm.OLD, Arm.NEW)
                .rollout(Decider.EVIDENCE, 0.25, 1)
                .max(Metric.ERROR_RATE, 0.05);
    }

    private static Histories history() {
        return new Histories().planned(REQUESTS).conversing(number -> "c" + number / 4);
    }

    /// Every fourth conversation is the new provider's from 10 s on, and from `all` on every one.
    private static Arm arm(int number, double canaryUntil, double all) {
        double due = number / 4 * 4 * 10;
        if (due >= all) {
            return Arm.NEW;
        }
        return due >= 10_000 && due < canaryUntil && number / 4 % 4 == 0 ? Arm.NEW : Arm.OLD;
    }

    private static Histories complete() {
        Histories history = history()
                .weight(0.25, WeightCause.ROLLOUT, 10_000)
                .phaseEnd(0, 0.25, PhaseDecision.PROMOTED, "nothing speaks against it", 30_000)
                .weight(1, WeightCause.ROLLOUT, 30_000)
                .phaseEnd(1, 1, PhaseDecision.PROMOTED, "nothing speaks against it", 50_000);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, arm(i, 30_000, 30_000), i * 10, 200);
        }
        return history;
    }

    /// At 20 s everything is asked to come back; requests due until `strayUntil` still reach new where they
    /// did before.
    private static Histories rolledBack(double strayUntil) {
        Histories history = history().weight(0.25, WeightCause.ROLLOUT, 10_000);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, i * 10 >= strayUntil ? Arm.OLD : arm(i, 60_000, 60_000), i * 10, 200);
        }
        return history;
    }

    @Test
    void aRolloutThatComesToItsLastWeightIsAGo() {
        Judgement judgement = Judge.judge(canary().scenario(), complete().completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.GO);
        assertThat(judgement.reasons())
                .contains("Gate rollout_share.min passed: the rollout went through all 2 of its phases, up to 100 %.");
        RolloutSummary rollout = judgement.course().rollout().orElseThrow();
        assertThat(rollout.shareAtEnd()).isEqualTo(1);
        assertThat(rollout.hops().hopped()).isZero();
        assertThat(rollout.phases())
                .extracting(RolloutSummary.Phase::course)
                .containsExactly(PhaseCourse.PROMOTED, PhaseCourse.PROMOTED);
        assertThat(rollout.phases().getFirst().requests()).isEqualTo(2_000);
        assertThat(rollout.phases().getFirst().assigned()).isEqualTo(500);
        assertThat(rollout.phases().getFirst().assignedNew()).isEqualTo(125);
        assertThat(rollout.phases().getFirst().chance().orElseThrow()).isGreaterThan(0.9);
    }

    @Test
    void rolledBackByTheEvidenceIsANoGoThatSaysWhy() {
        Judgement judgement = Judge.judge(
                canary().scenario(),
                rolledBack(20_000)
                        .phaseEnd(
                                0,
                                0.25,
                                PhaseDecision.ROLLED_BACK,
                                "E reached 20, 9 of 21 conversations on new had an error, 0 of 190 on old",
                                20_000)
                        .rollback(RollbackStep.TRIGGERED, "E reached 20", 20_000)
                        .weight(0, WeightCause.ROLLBACK, 20_010)
                        .rollback(RollbackStep.WEIGHT_SET, "", 20_011)
                        .completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.reasons().getFirst())
                .contains("the rollout was rolled back at 25 % after 1000 requests: E reached 20, 9 of 21"
                        + " conversations on new had an error");
        assertThat(judgement.course().rollout().orElseThrow().phases().getLast().course())
                .isEqualTo(PhaseCourse.NOT_REACHED);
    }

    @Test
    void heldToTheEndProvesNothing() {
        Judgement judgement = Judge.judge(
                canary().scenario(),
                rolledBack(60_000)
                        .phaseEnd(0, 0.25, PhaseDecision.HELD, "E is 5 or more, which leaves it in doubt", 30_000)
                        .completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().getFirst()).contains("the rollout was held at 25 % to the end: E is 5");
    }

    @Test
    void aWayBackThatWasPlannedIsNoFailureOfTheRollout() {
        Judgement judgement = Judge.judge(
                canary().rollback(20, ALL_BACK).scenario(),
                rolledBack(22_000)
                        .rollback(RollbackStep.TRIGGERED, "rollback.at: it was planned", 20_000)
                        .weight(0, WeightCause.ROLLBACK, 22_000)
                        .rollback(RollbackStep.WEIGHT_SET, "", 22_000)
                        .completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.GO);
        RollbackSummary rollback = judgement.course().rollback().orElseThrow();
        assertThat(rollback.planned()).isTrue();
        // the last of new's conversations before 22 s began at 21.92 s and asked until 21.95 s
        assertThat(rollback.afterMillis()).hasValue(1_960);
        assertThat(rollback.stragglers()).isEqualTo(51);
        assertThat(rollback.scriptWasTrue()).isEmpty();
        assertThat(rollback.lost()).isZero();
    }

    @Test
    void aScriptThatClaimsSuccessFalselyIsTheFirstReason() {
        Judgement judgement = Judge.judge(
                canary().rollback(20, ALL_BACK).scenario(),
                rolledBack(60_000)
                        .rollback(RollbackStep.TRIGGERED, "rollback.at: it was planned", 20_000)
                        .rollback(RollbackStep.SCRIPT_STARTED, "rollback.sh", 20_001)
                        .rollback(RollbackStep.SCRIPT_SUCCEEDED, "it ended with 0", 25_000)
                        .completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.course().rollback().orElseThrow().scriptWasTrue()).hasValue(false);
        assertThat(judgement.reasons().getFirst())
                .contains("the rollback script said that it succeeded, and it was not true: of 3999 requests due"
                        + " later, 999 reached the new provider");
    }

    @Test
    void aHealthPageThatStaysRedAndAFileThatDiffersAreNoWayBack() {
        Rollback.Verify everything = new Rollback.Verify(Share.ALL, true, true, Duration.ofSeconds(10));
        Histories history = rolledBack(20_000)
                .rollback(RollbackStep.TRIGGERED, "rollback.at: it was planned", 20_000)
                .rollback(RollbackStep.SCRIPT_SUCCEEDED, "it ended with 0", 25_000)
                .health(0, 40, 200)
                .health(40, 60, 503)
                .configuration("gateway.yaml", "aa", ConfigurationMoment.BEFORE, 0)
                .configuration("gateway.yaml", "bb", ConfigurationMoment.ROLLED_BACK, 25_000);

        Judgement judgement = Judge.judge(canary().rollback(20, everything).scenario(), history.completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.course().rollback().orElseThrow().differs()).containsExactly("gateway.yaml");
        assertThat(judgement.gates().getLast().evidence())
                .contains("of 40 looks at the health page, 20 found anything but 200")
                .contains("of 1 configuration files, 1 differ from what they were: gateway.yaml")
                .contains("the script said that it succeeded, and that was not true");
    }

    @Test
    void whatIsNotLookedAtIsNotProved() {
        Rollback.Verify health = new Rollback.Verify(Share.ALL, true, false, Duration.ofSeconds(10));
        Judgement judgement = Judge.judge(
                canary().rollback(20, health).scenario(),
                rolledBack(20_000)
                        .rollback(RollbackStep.TRIGGERED, "rollback.at: it was planned", 20_000)
                        .completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().getFirst()).contains("nobody looked at the health page afterwards");
    }

    @Test
    void aRollbackThatWasNotNeededIsNoObstacle() {
        Judgement judgement = Judge.judge(
                canary().rollback(-1, ALL_BACK).scenario(), complete().completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.GO);
        assertThat(judgement.reasons())
                .anyMatch(reason -> reason.contains("no rollback was needed, so how long one takes was not rehearsed"));
    }

    @Test
    void aRollbackThatWasPlannedAndNeverBeganProvesNothing() {
        Judgement judgement = Judge.judge(
                canary().rollback(20, ALL_BACK).scenario(), complete().completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().getFirst()).contains("the rollback that was planned never began");
    }

    @Test
    void aGatewayThatDoesNotDoAsToldIsFoundOut() {
        Histories history = history().weight(0.25, WeightCause.ROLLOUT, 10_000);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, Arm.OLD, i * 10, 200);
        }

        Judgement judgement = Judge.judge(canary().scenario(), history.completed());

        assertThat(judgement.reasons())
                .anyMatch(reason -> reason.contains("At a weight of 25 %, 0 of 1250 that were newly given")
                        && reason.contains("less than once in a thousand times: the gateway does not split"));
    }

    @Test
    void aConversationThatIsDrawnAnewForEveryRequestHops() {
        Histories history = history().weight(0.25, WeightCause.ROLLOUT, 10_000);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, i >= 1_000 && i % 4 == 2 ? Arm.NEW : Arm.OLD, i * 10, 200);
        }

        Judgement judgement = Judge.judge(canary().max(Metric.HOPS, 0).scenario(), history.completed());

        GateResult hops = judgement.gates().get(1);
        assertThat(hops.decision()).isEqualTo(Decision.FAIL);
        assertThat(hops.observed()).hasValue(1_250);
        assertThat(hops.evidence())
                .contains("of 1500 conversations with two requests or more, 1250 hopped")
                .contains("the first: c250 went from old to new at 10.0 s");
    }

    @Test
    void aFailureExplainsAMove() {
        Histories history = history().weight(0.25, WeightCause.ROLLOUT, 10_000);
        for (int i = 0; i < REQUESTS; i++) {
            boolean broken = i % 400 == 1;
            boolean after = i % 400 == 2 || i % 400 == 3;
            if (broken) {
                history.request(i, i * 10, 5, Histories.failed(ErrorKind.SERVER_ERROR))
                        .attempt(i, 1, Arm.OLD, i * 10, 5, Histories.failed(ErrorKind.SERVER_ERROR));
            } else {
                history.served(i, after ? Arm.NEW : Arm.OLD, i * 10, 200);
            }
        }

        Judgement judgement = Judge.judge(canary().scenario(), history.completed());

        assertThat(judgement.course().hops().hopped()).isZero();
        assertThat(judgement.course().hops().conversations()).isEqualTo(1_500);
    }
}
