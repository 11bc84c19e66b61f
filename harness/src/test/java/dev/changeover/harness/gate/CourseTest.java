package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.ProcessStep;
import dev.changeover.harness.scenario.Alerts.Signal;
import dev.changeover.harness.scenario.Claim.Whose;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// The old provider's region is dark from 10 s to 20 s of a minute with a hundred requests a second, behind
/// a gateway that knows no other.
class CourseTest {

    private static final int REQUESTS = 6_000;

    private static Scenarios outage() {
        return Scenarios.program().fault("region-outage", Arm.OLD);
    }

    private static Histories dark() {
        Histories history = new Histories()
                .planned(REQUESTS)
                .asking(number -> number)
                .fault(0, "region-outage", Arm.OLD, 10_000, 20_000)
                .touched(Arm.OLD, "fault-0-timeout-upstream", 10_000, 20_000);
        for (int i = 0; i < REQUESTS; i++) {
            if (i >= 1_000 && i <= 2_000) {
                history.request(i, i * 10, 500, Histories.failed(ErrorKind.SERVER_ERROR));
            } else {
                history.request(i, i * 10, 200, Outcome.SERVED).call(i, Arm.OLD, i * 10, 200, Outcome.SERVED, true);
            }
        }
        return history;
    }

    private static GateResult gate(Scenarios scenario, Histories history) {
        return Judge.judge(scenario.scenario(), history.completed()).gates().getFirst();
    }

    @Test
    void anOutageBehindAGatewayThatTellsNoTriesIsMet() {
        Judgement judgement = Judge.judge(outage().max(Metric.LOST, 0).scenario(), dark().completed());

        FaultSummary fault = judgement.faults().getFirst();
        // 1,001 were due in the dark, 20 were under way when it came
        assertThat(fault.requestsHit()).isEqualTo(1_021);
        assertThat(judgement.validity().why()).isEmpty();
    }

    @Test
    void aHealthPageThatStaysGreenWhileRequestsFailIsFoundOut() {
        GateResult green = gate(outage().max(Metric.FALSE_GREEN, 0.1), dark().health(0, 60, 200));

        assertThat(green.decision()).isEqualTo(Decision.FAIL);
        assertThat(green.observed()).hasValue(1);
        assertThat(green.evidence())
                .contains(
                        "of 10 seconds in which at least half of the requests failed, the health page was green in 10");
    }

    @Test
    void aHealthPageThatTurnsRedTellsTheTruth() {
        GateResult green = gate(
                outage().max(Metric.FALSE_GREEN, 0.1), dark().health(0, 11, 200).health(11, 60, 503));

        assertThat(green.decision()).isEqualTo(Decision.PASS);
        assertThat(green.observed()).hasValue(0.1);
    }

    @Test
    void aHealthPageWithNothingToBeWrongAboutPassesOnlyIfItWasLookedAt() {
        Histories calm = new Histories().planned(100);
        Histories unseen = new Histories().planned(100);
        for (int i = 0; i < 100; i++) {
            calm.served(i, Arm.OLD, i * 10, 200);
            unseen.served(i, Arm.OLD, i * 10, 200);
        }
        Scenarios scenario = Scenarios.program().max(Metric.FALSE_GREEN, 0);

        assertThat(gate(scenario, calm.health(0, 60, 200)).decision()).isEqualTo(Decision.PASS);
        assertThat(gate(scenario, unseen).decision()).isEqualTo(Decision.INCONCLUSIVE);
    }

    @Test
    void gatesThatHadNothingToMeasureAreNoGo() {
        Histories calm = new Histories().planned(100);
        for (int i = 0; i < 100; i++) {
            calm.served(i, Arm.OLD, i * 10, 200);
        }
        Scenarios scenario = Scenarios.program().max(Metric.FALSE_GREEN, 0);

        Judgement judgement =
                Judge.judge(scenario.scenario(), calm.health(0, 60, 200).completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().getFirst()).contains("for want of anything to measure");
    }

    @Test
    void anAlertFiresWhenItsSignalHasHeld() {
        // more than half of the last 4 s failed from 13 s on, and for 3 s at 16 s
        GateResult delay = gate(outage().alert(Signal.ERROR_RATE, 0.5, 4, 3).max(Metric.ALERT_DELAY, 10_000), dark());

        assertThat(delay.decision()).isEqualTo(Decision.PASS);
        assertThat(delay.observed()).hasValue(6_000);
        assertThat(delay.evidence()).contains("alert ERROR_RATE fired 6 s after region-outage on old came");
    }

    @Test
    void anAlertThatWaitsLongerThanTheOutageNeverFires() {
        GateResult delay = gate(outage().alert(Signal.ERROR_RATE, 0.5, 4, 60).max(Metric.ALERT_DELAY, 10_000), dark());

        assertThat(delay.decision()).isEqualTo(Decision.FAIL);
        assertThat(delay.observed()).isEmpty();
        assertThat(delay.evidence())
                .contains("no alert fired for region-outage on old: ERROR_RATE (it saw that more than 50.0 % of"
                        + " requests failed for");
    }

    @Test
    void withoutMetricsNoAlertCouldHaveFired() {
        Histories history = dark();
        for (int second = 0; second < 60; second++) {
            history.add(new Event.Scrape(second * 1_000 * Histories.MS, OptionalInt.of(404)));
        }

        GateResult delay = gate(
                outage().scraping("/metrics")
                        .alert(Signal.ERROR_RATE, 0.05, 4, 0)
                        .max(Metric.ALERT_DELAY, 60_000),
                history);

        assertThat(delay.decision()).isEqualTo(Decision.FAIL);
        assertThat(delay.evidence()).contains("the gateway answered 404 on /metrics, every one of 60 times");
    }

    @Test
    void anAlertThatFiresAllTheTimeSaysNothingOfAFault() {
        GateResult delay = gate(outage().alert(Signal.LATENCY_P95, 100, 4, 0).max(Metric.ALERT_DELAY, 60_000), dark());

        assertThat(delay.decision()).isEqualTo(Decision.FAIL);
        assertThat(delay.evidence()).contains("it was firing already when the fault came");
    }

    @Test
    void aProviderThatNeverGetsItsTrafficBackFails() {
        Histories history = new Histories()
                .planned(REQUESTS)
                .fault(0, "region-outage", Arm.OLD, 10_000, 20_000)
                .touched(Arm.OLD, "fault-0-timeout-upstream", 10_000, 20_000);
        for (int i = 0; i < REQUESTS; i++) {
            history.served(i, i < 1_000 ? Arm.OLD : Arm.NEW, i * 10, 200);
        }

        GateResult failback = gate(
                Scenarios.routing(Arm.OLD, Arm.NEW)
                        .fault("region-outage", Arm.OLD)
                        .max(Metric.FAILBACK_TIME, 30_000),
                history);

        assertThat(failback.decision()).isEqualTo(Decision.FAIL);
        assertThat(failback.evidence()).contains("the old provider never had its share of the traffic back");
    }

    @Test
    void anErrorDressedAsAnAnswerIsCounted() {
        Histories history = dark();
        for (int i = 0; i < 5; i++) {
            history.request(REQUESTS + i, 15_000 + i, 10, Outcome.SERVED);
        }

        Judgement judgement = Judge.judge(outage().max(Metric.MISANSWERED, 0).scenario(), history.completed());

        assertThat(judgement.gates().getFirst().observed()).hasValue(5);
        assertThat(judgement.gates().getFirst().evidence())
                .contains("the first: request 6000, due at 15.0 s, was answered with no call to a provider");
        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void whereNothingWasAnsweredNothingIsKnownOfWrongAnswers() {
        Histories history = new Histories().planned(100).asking(number -> number);
        for (int i = 0; i < 100; i++) {
            history.request(i, i * 10, 5, Histories.failed(ErrorKind.SERVER_ERROR));
        }

        GateResult misanswered = gate(Scenarios.program().max(Metric.MISANSWERED, 0), history);

        assertThat(misanswered.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(misanswered.evidence()).contains("nothing was answered");
    }

    @Test
    void conversationsOfOneRequestProveNothingOfHops() {
        Histories history = new Histories().planned(100).conversing(number -> "c" + number);
        for (int i = 0; i < 100; i++) {
            history.served(i, i % 2 == 0 ? Arm.OLD : Arm.NEW, i * 10, 200);
        }

        GateResult hops = gate(Scenarios.routing(Arm.OLD, Arm.NEW).max(Metric.HOPS, 0), history);

        assertThat(hops.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(hops.evidence()).contains("no conversation had two requests");
    }

    @Test
    void aCachedAnswerToTheSameQuestionIsNoBypass() {
        Histories history = dark().asking(number -> number - REQUESTS);
        for (int i = 0; i < 5; i++) {
            history.request(REQUESTS + i, 15_000 + i, 10, Outcome.SERVED);
        }

        Judgement judgement = Judge.judge(outage().max(Metric.LOST, 0).scenario(), history.completed());

        assertThat(judgement.course().answers().misanswered()).isZero();
        assertThat(judgement.course().answers().cached()).isEqualTo(5);
        assertThat(judgement.validity().why()).isEmpty();
    }

    @Test
    void aGatewayThatNeverBecameReadyIsANoGo() {
        Judgement judgement = Judge.judge(
                outage().max(Metric.LOST, 0).scenario(),
                new Histories()
                        .planned(REQUESTS)
                        .process(ProcessStep.NOT_READY, "port 8080 refused connections for 10 s", -1)
                        .ended(Event.RunEnded.End.GATEWAY_NOT_READY, -1));

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.reasons().getFirst())
                .contains("the gateway never became ready, so nothing was sent: port 8080 refused connections");
        assertThat(judgement.gates()).extracting(GateResult::decision).containsOnly(Decision.INCONCLUSIVE);
    }

    @Test
    void aGatewayThatDiedIsANoGoAndAChildLeftBehindIsTold() {
        Judgement judgement = Judge.judge(
                outage().max(Metric.LOST, 0).scenario(),
                dark().process(ProcessStep.DIED, "it ended with 137", 30_000)
                        .process(ProcessStep.LEFT_BEHIND, "pid 12 (sleep)", 60_000)
                        .completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.reasons().getFirst()).contains("the gateway died by itself at 30 s: it ended with 137");
        assertThat(judgement.reasons())
                .contains("The gateway left a child behind, which had to be killed: pid 12 (sleep).");
    }

    @Test
    void theFullestSecondIsTold() {
        GateResult gate = gate(outage().max(Metric.IN_FLIGHT, 2), dark());

        assertThat(gate.decision()).isEqualTo(Decision.FAIL);
        assertThat(gate.observed()).hasValue(3);
    }

    @Test
    void claimsAboutASimulatedVendorAreNotTestable() {
        Scenarios scenario =
                outage().claim(Whose.NEW, Metric.LATENCY_P50, 50).claim(Whose.GATEWAY, Metric.ERROR_RATE_FAULT, 0.01);

        Judgement judgement = Judge.judge(scenario.scenario(), dark().completed());

        assertThat(judgement.claims().getFirst().result()).isEmpty();
        assertThat(judgement.claims().getFirst().whyNot()).contains("The new provider was simulated");
        assertThat(judgement.claims().getLast().result().orElseThrow().decision())
                .isEqualTo(Decision.FAIL);
    }

    @Test
    void howFastAGatewayIsBeforeSimulatedProvidersIsNotTestable() {
        Scenarios scenario =
                outage().claim(Whose.GATEWAY, Metric.LATENCY_P50, 50).claim(Whose.GATEWAY, Metric.AVAILABILITY, 1);

        Judgement judgement = Judge.judge(scenario.scenario(), dark().completed());

        assertThat(judgement.claims())
                .allSatisfy(claim ->
                        assertThat(claim.whyNot()).startsWith("Not every provider behind the gateway was real"));
    }

    @Test
    void theUptimeOfARunWithFaultsIsNoOrdinaryDays() {
        Scenarios scenario =
                outage().claim(Whose.GATEWAY, Metric.AVAILABILITY, 1).claim(Whose.GATEWAY, Metric.ERROR_RATE_STEADY, 0);

        Judgement judgement = Judge.judge(
                scenario.scenario(),
                dark().evidence(Arm.OLD, "real").evidence(Arm.NEW, "real").completed());

        assertThat(judgement.claims().getFirst().whyNot())
                .startsWith("Faults of this scenario's own were in force: its availability is no ordinary day's");
        assertThat(judgement.claims().getLast().result()).isPresent();
    }

    @Test
    void stubsSayNothingOfTheVendorThatTheyStandFor() {
        Judgement judgement = Judge.judge(
                outage().claim(Whose.OLD, Metric.LATENCY_P50, 50).scenario(),
                dark().evidence(Arm.OLD, "stubbed").evidence(Arm.NEW, "real").completed());

        assertThat(judgement.claims().getFirst().whyNot()).contains("The old provider was stubbed");
        assertThat(judgement.reasons().getFirst()).contains("not of the old provider's vendor");
    }

    @Test
    void claimsAboutARealVendorAreHeldAgainstItsOwnFigures() {
        Scenarios scenario = outage().claim(Whose.OLD, Metric.LATENCY_P50, 50).claim(Whose.OLD, Metric.HOPS, 0);

        Judgement judgement = Judge.judge(
                scenario.scenario(), dark().evidence(Arm.OLD, "real").completed());

        assertThat(judgement.claims().getFirst().result().orElseThrow().observed())
                .hasValue(200);
        assertThat(judgement.claims().getFirst().result().orElseThrow().decision())
                .isEqualTo(Decision.FAIL);
        assertThat(judgement.claims().getLast().whyNot()).contains("hops is a matter of the whole run");
    }
}
