package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Both providers are given the same requests, and the new one is held against the old.
class DirectReplayTest {

    private static final Scenario COMPARISON = Scenarios.direct()
            .margin(Metric.LATENCY_P50, 0.10)
            .margin(Metric.LATENCY_P95, 0.15)
            .margin(Metric.ERROR_RATE, 0.01)
            .scenario();

    /// Both arms' latency is lognormal around 400 ms; the new arm's is `factor` times as long.
    private static History replay(int pairs, double factor, int newErrors) {
        Histories history = new Histories().planned(pairs);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < pairs; i++) {
            double shared = random.nextGaussian() * 0.4;
            double old = 400 * Math.exp(shared + random.nextGaussian() * 0.2);
            double replacement = 400 * factor * Math.exp(shared + random.nextGaussian() * 0.2);
            history.direct(i, Arm.OLD, i * 10, old, Outcome.SERVED);
            history.direct(
                    i,
                    Arm.NEW,
                    i * 10,
                    replacement,
                    i < newErrors ? Histories.failed(ErrorKind.SERVER_ERROR) : Outcome.SERVED);
        }
        return history.completed();
    }

    @Test
    void equalProvidersAreAGo() {
        assertThat(Judge.judge(COMPARISON, replay(2_000, 1, 0)).verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void aSlowerProviderIsANoGo() {
        assertThat(Judge.judge(COMPARISON, replay(2_000, 1.5, 0)).verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void aFasterProviderThatFailsIsANoGo() {
        assertThat(Judge.judge(COMPARISON, replay(2_000, 0.5, 100)).verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void tooFewRequestsDecideNothing() {
        Judgement judgement = Judge.judge(COMPARISON, replay(40, 1, 0));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.gates())
                .allSatisfy(gate -> assertThat(gate.needed()).isPresent());
    }

    @Test
    void withoutARequiredGateThereIsNoGo() {
        Scenario nothingAsked =
                Scenarios.direct().advisory(Metric.LATENCY_P50, 10_000).scenario();

        assertThat(Judge.judge(nothingAsked, replay(2_000, 1, 0)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aKilledRunDecidesNothing() {
        Histories history = new Histories().planned(10);
        for (int i = 0; i < 10; i++) {
            history.direct(i, Arm.OLD, i, 100, Outcome.SERVED).direct(i, Arm.NEW, i, 100, Outcome.SERVED);
        }

        Judgement judgement = Judge.judge(COMPARISON, history.killed());

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.endedEarly()).isNotEmpty();
    }

    @Test
    void anEmptyHistoryDecidesNothing() {
        assertThat(Judge.judge(COMPARISON, new Histories().completed()).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void theSameHistoryIsJudgedTheSameAgain() {
        assertThat(Judge.judge(COMPARISON, replay(500, 1.1, 3)))
                .isEqualTo(Judge.judge(COMPARISON, replay(500, 1.1, 3)));
    }
}
