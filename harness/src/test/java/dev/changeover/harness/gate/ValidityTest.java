package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A run that cannot be believed decides nothing, whatever its gates say.
class ValidityTest {

    /// The old provider takes 400 ms, so that a margin of 10 % leaves the harness 4 ms.
    private static final Scenario COMPARISON =
            Scenarios.direct().margin(Metric.LATENCY_P50, 0.10).scenario();

    private static final Scenario DRILL =
            Scenarios.routing(Arm.OLD, Arm.NEW).max(Metric.ERROR_RATE, 0.05).scenario();

    private static Histories pairs(int count) {
        Histories history = new Histories().planned(count);
        for (int i = 0; i < count; i++) {
            history.direct(i, Arm.OLD, i * 10, 400 + i % 7, Outcome.SERVED)
                    .direct(i, Arm.NEW, i * 10, 390 + i % 7, Outcome.SERVED);
        }
        return history;
    }

    private static Judgement judged(Histories history) {
        return Judge.judge(COMPARISON, history.completed());
    }

    private static void doubted(Judgement judgement, String why) {
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.validity().why())
                .anySatisfy(reason -> assertThat(reason).contains(why));
        assertThat(judgement.reasons().getFirst()).startsWith("INCONCLUSIVE: ").contains("the run cannot be believed");
    }

    @Test
    void aHarnessThatWasNotWatchedIsNotBelieved() {
        Judgement judgement = Judge.judge(COMPARISON, pairs(500).unwatched());
        doubted(judgement, "watched in 0 of");
    }

    @Test
    void aQuietRunIsBelieved() {
        Judgement judgement = judged(pairs(500).vitals(60, 0.5, 3));

        assertThat(judgement.validity().why()).isEmpty();
        assertThat(judgement.verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void longPausesSpoilIt() {
        doubted(judged(pairs(500).vitals(60, 0.5, 30)), "stood still for 3.0 % of the time");
    }

    @Test
    void aStarvedHarnessSpoilsIt() {
        doubted(judged(pairs(500).vitals(60, 1.0, 0)), "used 95 % or more of all processors in 60 of 60 seconds");
    }

    @Test
    void requestsThatLeftLateSpoilIt() {
        Histories history = pairs(500);
        for (int i = 500; i < 520; i++) {
            history.add(late(i, Arm.OLD)).add(late(i, Arm.NEW));
        }

        doubted(
                Judge.judge(COMPARISON, history.planned(520).completed()),
                "The machine could not keep up: requests left 9.00 ms late");
    }

    private static Event late(long number, Arm arm) {
        OptionalLong first = OptionalLong.of(Histories.nanos(5_200));
        return new Event.Request(
                new CallId(Purpose.REQUEST, number),
                Optional.of(arm),
                "c" + number,
                "gpt-4.1",
                true,
                new Event.Timing(
                        Histories.nanos(5_000), Histories.nanos(5_009), first, first, first, Histories.nanos(5_400)),
                Optional.empty(),
                OptionalInt.of(200),
                Outcome.SERVED,
                Histories.USAGE,
                OptionalLong.of(50),
                OptionalLong.empty());
    }

    @Test
    void requestsWithoutAnEndingSpoilIt() {
        doubted(judged(pairs(500).planned(1_200)), "Of 1200 requests that were due, 200 have no ending");
    }

    @Test
    void anArmThatAnsweredNothingSpoilsIt() {
        Histories history = new Histories().planned(500);
        for (int i = 0; i < 500; i++) {
            history.direct(i, Arm.OLD, i * 10, 400, Outcome.SERVED)
                    .direct(i, Arm.NEW, i * 10, 5, Histories.failed(ErrorKind.AUTH));
        }

        doubted(judged(history), "The new provider answered none of 500 requests");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"COMPLETED", "GATEWAY_NOT_READY"},
            mode = EnumSource.Mode.EXCLUDE)
    void aRunThatDidNotCompleteDecidesNothing(Event.RunEnded.End end) {
        Judgement judgement = Judge.judge(COMPARISON, pairs(500).ended(end, 3_000));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.endedEarly()).endsWith("after 3 s");
    }

    @Test
    void aGatewayThatGoesAroundTheProxiesIsFound() {
        Histories history = new Histories().planned(500);
        for (int i = 0; i < 500; i++) {
            history.request(i, i * 10, 300, Outcome.SERVED);
        }

        doubted(Judge.judge(DRILL, history.completed()), "500 requests were served although no call for them");
    }

    @Test
    void aGatewayThatAnswersNothingIsANoGo() {
        Histories history = new Histories().planned(500);
        for (int i = 0; i < 500; i++) {
            history.request(i, i * 10, 1, Histories.failed(ErrorKind.CONNECTION_REFUSED));
        }

        Judgement judgement = Judge.judge(DRILL, history.completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.reasons().getFirst())
                .contains("100 % of requests failed (limit 5 %); the commonest error was connection_refused, 500 of"
                        + " 500.");
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void noLimitPassesOnAHistoryWithNothingInIt(Metric metric) {
        List<Scenario> asked = List.of(
                Scenarios.direct().max(metric, 1e12).scenario(),
                Scenarios.direct().min(metric, 0).scenario(),
                Scenarios.routing(Arm.OLD).max(metric, 1e12).scenario(),
                Scenarios.routing(Arm.OLD, Arm.NEW).min(metric, 0).scenario());
        History nothing = new Histories().completed();

        assertThat(asked)
                .allSatisfy(
                        scenario -> assertThat(Judge.judge(scenario, nothing).gates())
                                .extracting(GateResult::decision)
                                .containsExactly(Decision.INCONCLUSIVE));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void noMarginPassesOnAHistoryWithNothingInIt(Metric metric) {
        if (metric.comparable()) {
            Scenario asked = Scenarios.direct().margin(metric, 1).scenario();

            assertThat(Judge.judge(asked, new Histories().completed()).gates())
                    .extracting(GateResult::decision)
                    .containsExactly(Decision.INCONCLUSIVE);
        }
    }

    @Test
    void answersThatWereGivenUpOnAreSlowAndNotGone() {
        Scenario scenario =
                Scenarios.direct().max(Metric.LATENCY_P95, 1_000_000).scenario();
        Histories history = new Histories().planned(500);
        for (int i = 0; i < 500; i++) {
            history.direct(i, Arm.OLD, i * 10, 400, Outcome.SERVED)
                    .direct(
                            i,
                            Arm.NEW,
                            i * 10,
                            400,
                            i % 10 == 0 ? Histories.failed(ErrorKind.CONNECTION_RESET) : Outcome.SERVED);
        }

        Judgement judgement = Judge.judge(scenario, history.completed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(judgement.arms().get("new").latency().p95()).hasValue(60_000);
    }
}
