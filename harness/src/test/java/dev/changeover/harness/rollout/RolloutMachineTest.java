package dev.changeover.harness.rollout;

import static dev.changeover.harness.history.Event.PhaseDecision.HELD;
import static dev.changeover.harness.history.Event.PhaseDecision.PROMOTED;
import static dev.changeover.harness.history.Event.PhaseDecision.ROLLED_BACK;
import static dev.changeover.harness.rollout.VirtualRollout.rollout;
import static dev.changeover.harness.rollout.VirtualRollout.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Rollout.Decider;
import dev.changeover.harness.scenario.Rollout.Hold;
import dev.changeover.harness.scenario.Rollout.Sticky;
import dev.changeover.harness.stats.EProcess;
import dev.changeover.harness.units.Arm;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutMachineTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double[] STEPS = {0.1, 0.3, 0.5, 1};

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHealthyCanaryIsPromotedToTheEnd(boolean attempts) {
        VirtualRollout run = new VirtualRollout(
                        rollout(Decider.EVIDENCE, seconds(10), STEPS), 1, OptionalDouble.of(0.05), attempts)
                .run(MINUTE);
        assertThat(run.told).containsExactly("weight 10%", "weight 30%", "weight 50%", "weight 100%");
        assertThat(run.decisions()).containsExactly(PROMOTED, PROMOTED, PROMOTED, PROMOTED);
        assertThat(run.ends).extracting(Event.PhaseEnd::weight).containsExactly(0.1, 0.3, 0.5, 1.0);
        assertThat(run.ends.getFirst().why())
                .contains("nothing speaks against it")
                .contains("on old", "E is ");
    }

    @Test
    void aPhaseBeginsWhenItsWeightIsInForceAndHoldsItsTime() {
        VirtualRollout run = new VirtualRollout(rollout(Decider.EVIDENCE, seconds(10), 0.5, 1), 1).run(MINUTE);
        assertThat(run.ends)
                .extracting(Event.PhaseEnd::atNanos)
                .containsExactly(
                        Duration.ofSeconds(12).toNanos(), Duration.ofSeconds(22).toNanos());
    }

    @Test
    void aHoldMayCountRequests() {
        VirtualRollout run =
                new VirtualRollout(rollout(Decider.EVIDENCE, new Hold.Requests(500), 0.5, 1), 1).run(MINUTE);
        assertThat(run.decisions()).containsExactly(PROMOTED, PROMOTED);
        assertThat(run.ends.getFirst().atNanos())
                .isCloseTo(Duration.ofSeconds(7).toNanos(), offset(2 * VirtualRollout.STEP));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCanaryThatFailsOneOfFiveIsRolledBackAtTenPercentWithFewRequests(boolean saved) {
        long[] requests = LongStream.range(0, 31)
                .map(seed -> {
                    VirtualRollout run = new VirtualRollout(rollout(Decider.EVIDENCE, seconds(60), STEPS), seed);
                    run.perConversation = 1;
                    run.newErrors = 0.2;
                    run.saved = saved;
                    run.run(MINUTE);
                    assertThat(run.lastEnd().decision()).isEqualTo(ROLLED_BACK);
                    assertThat(run.lastEnd().weight()).isEqualTo(0.1);
                    assertThat(run.lastEnd().eValue()).isGreaterThanOrEqualTo(20);
                    assertThat(run.told).last().asString().startsWith("back: E reached 20, after");
                    return run.lastEnd().atNanos() / VirtualRollout.STEP - 200;
                })
                .sorted()
                .toArray();
        assertThat(requests[15]).isBetween(60L, 500L);
    }

    @Test
    void theLedgerAloneIsEnoughToRollBack() {
        VirtualRollout run =
                new VirtualRollout(rollout(Decider.EVIDENCE, seconds(60), STEPS), 5, OptionalDouble.empty(), false);
        run.newErrors = 0.3;
        run.run(MINUTE);
        assertThat(run.decisions()).containsExactly(ROLLED_BACK);
    }

    @Test
    void afterTheWayBackNothingIsPromotedOrToldAnyMore() {
        VirtualRollout run = new VirtualRollout(rollout(Decider.EVIDENCE, seconds(10), STEPS), 1);
        run.run(Duration.ofSeconds(15));
        run.rollBack("rollback.at: 15 s");
        int before = run.evidence.size();
        run.run(MINUTE);
        run.rollBack("again");
        assertThat(run.decisions()).containsExactly(PROMOTED, ROLLED_BACK);
        assertThat(run.lastEnd().weight()).isEqualTo(0.3);
        assertThat(run.told).filteredOn(text -> text.startsWith("back")).hasSize(1);
        assertThat(run.evidence).hasSize(before);
        assertThat(run.weight()).isZero();
    }

    @Test
    void aWayBackBeforeTheFirstPhaseEndsNoPhase() {
        VirtualRollout run = new VirtualRollout(rollout(Decider.EVIDENCE, seconds(10), STEPS), 1);
        run.run(Duration.ofSeconds(1));
        run.rollBack("rollback.at: 1 s");
        run.run(MINUTE);
        assertThat(run.told).containsExactly("back: rollback.at: 1 s");
        assertThat(run.ends).isEmpty();
    }

    @Test
    void theCalendarPromotesABrokenCanaryAndTellsTheEvidence() {
        VirtualRollout run = new VirtualRollout(rollout(Decider.CALENDAR, seconds(10), STEPS), 1);
        run.newErrors = 0.5;
        run.run(MINUTE);
        assertThat(run.decisions()).containsExactly(PROMOTED, PROMOTED, PROMOTED, PROMOTED);
        assertThat(run.ends.getFirst().eValue()).isGreaterThan(20);
        assertThat(run.ends.getFirst().why()).startsWith("by the calendar");
        assertThat(run.evidence.getLast().eValue()).isGreaterThan(1_000);
    }

    @Test
    void aGatewayThatIgnoresItsWeightIsHeld() {
        VirtualRollout run =
                new VirtualRollout(rollout(Decider.EVIDENCE, seconds(10), STEPS), 1).ignoringWeightsAbove(0.1);
        run.run(MINUTE);
        assertThat(run.decisions()).startsWith(PROMOTED, HELD, HELD).doesNotContain(ROLLED_BACK);
        assertThat(run.ends.get(1).why()).contains("new conversations went to new at a weight of 30%");
        assertThat(run.weight()).isEqualTo(0.3);
    }

    @Test
    void aGatewayThatSendsNothingToNewIsHeld() {
        VirtualRollout run =
                new VirtualRollout(rollout(Decider.EVIDENCE, seconds(10), 0.01, 1), 1).ignoringWeightsAbove(0);
        run.run(MINUTE);
        assertThat(run.decisions()).containsOnly(HELD).hasSizeGreaterThan(3);
        assertThat(run.lastEnd().why()).startsWith("new has answered nothing in this phase");
    }

    @Test
    void aRefusedWeightIsToldAndAskedForAgain() {
        VirtualRollout run = new VirtualRollout(rollout(Decider.EVIDENCE, seconds(10), 0.3, 1), 1);
        run.refusedAbove = OptionalDouble.of(0.5);
        run.run(Duration.ofSeconds(30));
        assertThat(run.decisions()).containsExactly(PROMOTED, HELD, HELD);
        assertThat(run.lastEnd().why()).contains("refused 100%").contains("HTTP 500");
        assertThat(run.weight()).isEqualTo(0.3);
        run.refusedAbove = OptionalDouble.empty();
        run.run(Duration.ofSeconds(15));
        assertThat(run.weight()).isEqualTo(1);
    }

    @Test
    void doubtHoldsUntilItIsSettled() {
        int held = 0;
        for (int seed = 0; seed < 40; seed++) {
            VirtualRollout run = new VirtualRollout(rollout(Decider.EVIDENCE, seconds(2), 0.3, 1), seed);
            run.newErrors = 0.06;
            run.run(MINUTE);
            held += run.ends.stream()
                            .anyMatch(end -> end.decision() == HELD && end.why().startsWith("E is 5"))
                    ? 1
                    : 0;
            assertThat(run.ends).filteredOn(end -> end.decision() == PROMOTED).allMatch(end -> end.eValue() < 5);
        }
        assertThat(held).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Approval.Answer.class)
    void aPersonDecidesWithTheNumbersBeforeThem(Approval.Answer answer) {
        VirtualRollout run = new VirtualRollout(rollout(Decider.MANUAL, seconds(10), 0.3, 1), 1);
        run.answer = Optional.of(answer);
        run.run(Duration.ofSeconds(13));
        assertThat(run.questions).singleElement().satisfies(question -> {
            assertThat(question.numbers()).contains("on new had an error");
            assertThat(question.next().orElseThrow().value()).isEqualTo(1);
        });
        switch (answer) {
            case PROMOTE -> assertThat(run.told).endsWith("weight 100%");
            case HOLD -> assertThat(run.decisions()).containsExactly(HELD);
            case ROLL_BACK -> {
                assertThat(run.decisions()).containsExactly(ROLLED_BACK);
                assertThat(run.told).last().asString().startsWith("back: rolled back by hand");
            }
        }
    }

    @Test
    void whileNobodyAnswersTrafficGoesOnAndTheEvidenceMayStillRollBack() {
        VirtualRollout run = new VirtualRollout(rollout(Decider.MANUAL, seconds(5), 0.3, 1), 1);
        run.run(Duration.ofSeconds(30));
        assertThat(run.questions).hasSize(1);
        assertThat(run.ends).isEmpty();
        run.newErrors = 0.5;
        run.run(MINUTE);
        assertThat(run.decisions()).containsExactly(ROLLED_BACK);
    }

    @Test
    void atFullWeightTheErrorObjectiveDecides() {
        VirtualRollout run = new VirtualRollout(rollout(Decider.EVIDENCE, seconds(60), 1), 1);
        run.newErrors = 0.2;
        run.run(MINUTE);
        assertThat(run.decisions()).containsExactly(ROLLED_BACK);
    }

    @Test
    void atFullWeightWithoutAnObjectiveThereIsNothingToCompare() {
        VirtualRollout run =
                new VirtualRollout(rollout(Decider.EVIDENCE, seconds(10), 1), 1, OptionalDouble.empty(), true);
        run.newErrors = 0.2;
        run.run(MINUTE);
        assertThat(run.decisions()).containsExactly(PROMOTED);
        assertThat(run.lastEnd().eValue()).isEqualTo(1);
    }

    @Test
    void aCanaryThatAnswersSlowlyIsRolledBack() {
        VirtualRollout run = new VirtualRollout(rollout(Decider.EVIDENCE, seconds(60), STEPS), 1);
        run.newSlow = 0.5;
        run.run(MINUTE);
        assertThat(run.decisions()).containsExactly(ROLLED_BACK);
        assertThat(run.evidence.getLast().eSlow()).isGreaterThan(20);
        assertThat(run.evidence.getLast().eErrors()).isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void healthyCanariesWhoseConversationsHopRaiseNoMoreAlarmsThanAllowed(boolean everyRequest) {
        int alarms = 0;
        for (int seed = 0; seed < 200; seed++) {
            VirtualRollout run = new VirtualRollout(
                    rollout(Decider.EVIDENCE, seconds(3), everyRequest ? Sticky.REQUEST : Sticky.CONVERSATION, STEPS),
                    seed);
            run.split = everyRequest ? VirtualRollout.PER_REQUEST : VirtualRollout.BY_HASH;
            run.perConversation = 40;
            run.oldErrors = 0.03;
            run.newErrors = 0.03;
            run.run(Duration.ofSeconds(15));
            alarms += run.decisions().contains(ROLLED_BACK) ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(20);
    }

    @Test
    void whatNewFailsWhileOldIsKeptOutIsNoEvidence() {
        RunningEvidence evidence =
                new RunningEvidence(rollout(Decider.EVIDENCE, seconds(60), 0.1), OptionalDouble.of(0.01));
        evidence.inForce(0.1, 0);
        evidence.add(new Event.Transition(Event.Transition.Kind.BREAKER, Arm.OLD, "closed", "open", 1_000));
        for (int i = 0; i < 50; i++) {
            evidence.add(failedOnNew(i, 2_000));
        }
        assertThat(evidence.eValue()).isEqualTo(1);

        evidence.add(new Event.Transition(Event.Transition.Kind.BREAKER, Arm.OLD, "half_open", "closed", 3_000));
        for (int i = 50; i < 60; i++) {
            evidence.add(failedOnNew(i, 4_000));
        }
        assertThat(evidence.eValue()).isGreaterThan(EProcess.ALARM);
    }

    private static Labelled failedOnNew(long number, long sent) {
        return new Labelled(Calls.request(number, "c" + number, sent, sent, Calls.BROKEN), Optional.of(Arm.NEW), true);
    }

    @Test
    void theEvidenceIsToldAboutOnceASecondAndAtTheEnd() {
        VirtualRollout run = new VirtualRollout(rollout(Decider.EVIDENCE, seconds(60), 0.5), 1);
        run.run(Duration.ofSeconds(12));
        assertThat(run.evidence).hasSizeBetween(10, 12);
        run.run(Duration.ofMillis(500));
        int before = run.evidence.size();
        run.close();
        assertThat(run.evidence).hasSize(before + 1);
        Event.Evidence last = run.evidence.getLast();
        assertThat(last.oldSeen() + last.newSeen()).isBetween(230L, 270L);
    }
}
