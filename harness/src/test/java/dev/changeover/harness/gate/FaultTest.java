package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.backend.BackendChoice;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// The old provider's region is dark from 10 s to 20 s of a minute with a hundred requests a second.
class FaultTest {

    private static final int REQUESTS = 6_000;

    private static Scenarios outage(Arm... route) {
        return Scenarios.routing(route)
                .fault("region-outage", Arm.OLD)
                .promising(Duration.ofSeconds(2), Duration.ofSeconds(30), 0.01)
                .max(Metric.RECOVERY_TIME, 5_000)
                .max(Metric.LOST, 0)
                .max(Metric.ERROR_RATE_FAULT, 0.30);
    }

    /// Those due in the first `blindMillis` of the outage fail; later ones go to the other provider, if
    /// there is one.
    private static Histories history(double blindMillis, ErrorKind kind, boolean failover) {
        Histories history = new Histories().planned(REQUESTS).fault(0, "region-outage", Arm.OLD, 10_000, 20_000);
        for (int i = 0; i < REQUESTS; i++) {
            double due = i * 10;
            boolean dark = due >= 10_000 && due <= 20_000;
            if (dark && (due < 10_000 + blindMillis || !failover)) {
                history.request(i, due, 1_500, Histories.failed(kind))
                        .attempt(i, 1, Arm.OLD, due, 1_500, Histories.failed(ErrorKind.TIMEOUT_FIRST_TOKEN));
            } else {
                history.served(i, dark ? Arm.NEW : Arm.OLD, due, 300);
            }
        }
        return history.touched(Arm.OLD, "fault-0-timeout-upstream", 10_000, 20_000);
    }

    @Test
    void failoverInsideTheBudgetIsAGo() {
        Judgement judgement = Judge.judge(
                outage(Arm.OLD, Arm.NEW).scenario(),
                history(1_500, ErrorKind.SERVER_ERROR, true).completed());

        assertThat(judgement.reasons().getFirst())
                .isEqualTo("GO: all 3 required gates passed."
                        + " This was a drill: it speaks of the gateway and the plan, not of any vendor.");
        // 150 met it when it was there, 30 were in flight when it came
        assertThat(judgement.faults())
                .containsExactly(new FaultSummary(
                        "region-outage",
                        "old",
                        FaultSummary.Turn.once(10_000, OptionalDouble.of(20_000)),
                        OptionalDouble.of(20_000),
                        OptionalDouble.of(1_500),
                        OptionalDouble.of(2_000),
                        true,
                        OptionalDouble.of(0),
                        true,
                        0,
                        OptionalDouble.of(1),
                        180,
                        false));
        assertThat(judgement.arms().get("gateway").servedBy())
                .containsEntry("new", 851L)
                .containsEntry("old", 4_999L);
    }

    @Test
    void withoutAnotherProviderTheFirstReasonSaysSo() {
        Judgement judgement = Judge.judge(
                outage(Arm.OLD).scenario(),
                history(0, ErrorKind.SERVER_ERROR, false).completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.reasons().getFirst())
                .isEqualTo("NO_GO: while region-outage held the old provider for 10 s, 97.1 % of requests failed"
                        + " (limit 30 %); there was no other provider to go to."
                        + " This was a drill: it speaks of the gateway and the plan, not of any vendor.");
    }

    @Test
    void lostRequestsAreANoGoHoweverQuicklyItRecovers() {
        Judgement judgement = Judge.judge(
                outage(Arm.OLD, Arm.NEW).scenario(),
                history(100, ErrorKind.TIMEOUT_TOTAL, true).completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.ledger().lost()).isEqualTo(10);
        assertThat(judgement.reasons().getFirst()).contains("10 requests were sent and got neither answer nor error");
    }

    @Test
    void aRequestThatTheFaultCutInFlightIsLostToIt() {
        Histories history = history(0, ErrorKind.SERVER_ERROR, true);
        history.request(REQUESTS, 9_900, 1_500, Histories.failed(ErrorKind.CONNECTION_RESET));
        history.request(REQUESTS + 1, 30_000, 1_500, Histories.failed(ErrorKind.CONNECTION_RESET));

        Judgement judgement = Judge.judge(outage(Arm.OLD, Arm.NEW).scenario(), history.completed());

        assertThat(judgement.faults().getFirst().lost()).isEqualTo(1);
        assertThat(judgement.ledger().lost()).isEqualTo(2);
    }

    @Test
    void aFaultThatTouchedNothingIsNotAFaultSurvived() {
        Histories history = new Histories().planned(REQUESTS).fault(0, "region-outage", Arm.OLD, 10_000, 20_000);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, Arm.OLD, i * 10, 300);
        }

        Judgement judgement = Judge.judge(outage(Arm.OLD, Arm.NEW).scenario(), history.completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().getFirst()).contains("met no request");
    }

    @Test
    void aRealToxiproxyTellsOfNoConnectionsSoWhoCalledMeanwhileMetTheFault() {
        Scenarios real = outage(Arm.OLD, Arm.NEW).by(new BackendChoice.Binary());
        Histories history = new Histories().planned(REQUESTS).fault(0, "region-outage", Arm.OLD, 10_000, 20_000);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, i >= 1_050 && i <= 2_000 ? Arm.NEW : Arm.OLD, i * 10, 300);
        }

        Judgement judgement = Judge.judge(real.scenario(), history.completed());

        // 50 began meanwhile, 30 were in flight when it came
        assertThat(judgement.faults().getFirst().requestsHit()).isEqualTo(80);
        assertThat(judgement.faults().getFirst().hitAtMost()).isTrue();
        assertThat(judgement.verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void aDarkRegionThatGoesOnAnsweringIsNoneAndTheRunIsNotBelieved() {
        Histories history = new Histories().planned(REQUESTS).fault(0, "region-outage", Arm.OLD, 10_000, 20_000);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, i >= 1_150 && i <= 2_000 ? Arm.NEW : Arm.OLD, i * 10, 300);
        }

        Judgement judgement = Judge.judge(
                outage(Arm.OLD, Arm.NEW).by(new BackendChoice.Binary()).scenario(), history.completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().getFirst())
                .contains("lets nothing through, and yet 49 calls reached the old provider while it was in force");
    }

    @Test
    void aRealToxiproxyThatNobodyCalledMeanwhileMetNoRequest() {
        Scenarios real = outage(Arm.OLD, Arm.NEW).by(new BackendChoice.Binary());
        Histories history = new Histories().planned(REQUESTS).fault(0, "region-outage", Arm.OLD, 10_000, 20_000);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, i >= 900 && i <= 2_000 ? Arm.NEW : Arm.OLD, i * 10, 300);
        }

        Judgement judgement = Judge.judge(real.scenario(), history.completed());

        assertThat(judgement.reasons().getFirst()).contains("met no request");
    }

    @Test
    void aFaultOnAProviderThatTheGatewayHadLeftBeforeSaysSo() {
        Histories history = new Histories().planned(REQUESTS).fault(0, "region-outage", Arm.OLD, 10_000, 20_000);
        history.add(
                new Event.Transition(Event.Transition.Kind.BREAKER, Arm.OLD, "closed", "open", Histories.nanos(8_500)));
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, i >= 850 && i <= 2_000 ? Arm.NEW : Arm.OLD, i * 10, 300);
        }

        Judgement judgement = Judge.judge(outage(Arm.OLD, Arm.NEW).scenario(), history.completed());

        assertThat(judgement.reasons().getFirst())
                .contains("met no request", "The gateway had turned away from old at 8.5 s, before the fault.");
    }

    @Test
    void aFaultThatNeverCameIsNotAFaultSurvived() {
        Histories history = new Histories().planned(REQUESTS);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, Arm.OLD, i * 10, 300);
        }

        Judgement judgement = Judge.judge(outage(Arm.OLD, Arm.NEW).scenario(), history.completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().getFirst()).contains("was never in force");
    }

    @Test
    void neverRecoveredIsANoGo() {
        Scenario scenario = Scenarios.routing(Arm.OLD)
                .fault("region-outage", Arm.OLD)
                .promising(Duration.ofSeconds(2), Duration.ofSeconds(30), 0.01)
                .max(Metric.RECOVERY_TIME, 60_000)
                .scenario();
        Histories history = new Histories()
                .planned(REQUESTS)
                .fault(0, "region-outage", Arm.OLD, 10_000, 20_000)
                .touched(Arm.OLD, "fault-0-timeout-upstream", 10_000, 20_000);
        for (int i = 0; i < REQUESTS; i++) {
            if (i < 1_000) {
                history.served(i, Arm.OLD, i * 10, 300);
            } else {
                history.request(i, i * 10, 5, Histories.failed(ErrorKind.SERVER_ERROR))
                        .attempt(i, 1, Arm.OLD, i * 10, 5, Histories.failed(ErrorKind.CONNECTION_RESET));
            }
        }

        Judgement judgement = Judge.judge(scenario, history.completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.faults().getFirst().rtoMillis()).isEmpty();
        assertThat(judgement.faults().getFirst().rtoKnown()).isTrue();
        assertThat(judgement.reasons().getFirst())
                .contains("after region-outage on old it was never back within objectives");
    }

    @Test
    void oneUnluckyRequestDoesNotUndoARecovery() {
        Histories history = history(1_500, ErrorKind.SERVER_ERROR, true);
        history.request(REQUESTS, 15_001, 5, Histories.failed(ErrorKind.SERVER_ERROR));

        Judgement judgement = Judge.judge(outage(Arm.OLD, Arm.NEW).scenario(), history.completed());

        assertThat(judgement.faults().getFirst().rtoMillis()).hasValue(2_000);
    }

    @Test
    void aGatewayThatTrustsStatusCodesPassesEmptyAnswersOn() {
        Scenario scenario = Scenarios.routing(Arm.OLD, Arm.NEW)
                .fault("brownout-empty", Arm.OLD)
                .max(Metric.ERROR_RATE_FAULT, 0.05)
                .scenario();
        Histories history = new Histories().planned(1_000).fault(0, "brownout-empty", Arm.OLD, 10_000, 20_000);
        Outcome empty = Histories.failed(ErrorKind.EMPTY_ANSWER);
        for (int i = 0; i < 1_000; i++) {
            double due = i * 60;
            if (due >= 10_000 && due < 19_000) {
                history.request(i, due, 20, empty)
                        .attempt(i, 1, Arm.OLD, due, 20, Outcome.SERVED)
                        .call(i, Arm.OLD, due, 20, empty, true, List.of(Event.Strike.of(0, "brownout-empty")));
            } else {
                history.served(i, Arm.OLD, due, 300);
            }
        }

        Judgement judgement = Judge.judge(scenario, history.completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.faults().getFirst().requestsHit()).isEqualTo(150);
        assertThat(judgement.reasons().getFirst()).contains("while brownout-empty held the old provider for 10 s");
    }
}
