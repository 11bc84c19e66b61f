package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.check.LedgerSummary;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only client side and provider side together can show. An answer has 100 tokens in and 50 out:
/// 600 millionths of a dollar at the old provider, 49 at the new.
class LedgerTest {

    private static final Scenario FAILOVER = Scenarios.routing(Arm.OLD, Arm.NEW)
            .max(Metric.DUPLICATED, 0)
            .max(Metric.ORPHANED, 0)
            .max(Metric.RETRY_AMPLIFICATION, 1.5)
            .scenario();

    private static LedgerSummary ledger(Histories history) {
        return Judge.judge(FAILOVER, history.completed()).ledger();
    }

    @Test
    void aCallForEveryRequestWastesNothing() {
        assertThat(ledger(new Histories().served(0, Arm.OLD, 0, 300).served(1, Arm.NEW, 10, 300)))
                .isEqualTo(
                        new LedgerSummary(2, 0, 0, 0, 0, 0, Optional.of(Money.parse("0 USD")), OptionalDouble.of(1)));
    }

    @Test
    void anAnswerThatCameAfterTheGatewayWentElsewhereIsADuplicate() {
        assertThat(ledger(new Histories()
                        .request(0, 0, 900, Outcome.SERVED)
                        .attempt(0, 1, Arm.OLD, 0, 500, Histories.failed(ErrorKind.TIMEOUT_FIRST_TOKEN))
                        .attempt(0, 2, Arm.NEW, 500, 400, Outcome.SERVED)
                        .call(0, Arm.OLD, 0, 700, Outcome.SERVED, false)
                        .call(0, Arm.NEW, 500, 400, Outcome.SERVED, true)))
                .isEqualTo(new LedgerSummary(
                        2, 0, 1, 1, 0, 0, Optional.of(Money.parse("0.0006 USD")), OptionalDouble.of(2)));
    }

    @Test
    void workForAClientThatHadGoneIsAnOrphan() {
        assertThat(ledger(new Histories()
                        .request(0, 0, 500, Histories.failed(ErrorKind.TIMEOUT_TOTAL))
                        .call(0, Arm.NEW, 0, 700, Outcome.SERVED, false)))
                .isEqualTo(new LedgerSummary(
                        1, 1, 0, 1, 0, 0, Optional.of(Money.parse("0.000049 USD")), OptionalDouble.empty()));
    }

    @Test
    void aRetryStormIsCounted() {
        Histories history = new Histories().served(0, Arm.OLD, 0, 300);
        for (int number = 2; number <= 6; number++) {
            history.attempt(0, number, Arm.OLD, number, 1, Histories.failed(ErrorKind.RATE_LIMITED));
        }

        assertThat(ledger(history).retryAmplification()).hasValue(6);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4.1, gpt-4.1, 0",
        "gpt-4.1, gpt-4.1-2025-04-14, 0",
        "gpt-4.1, openai/gpt-4.1, 0",
        "claude-sonnet-4, claude-sonnet-4-20250514, 0",
        "claude-sonnet-4-latest, claude-sonnet-4-20250514, 0",
        "gpt-4.1, gpt-4.1-mini, 1",
        "gpt-4.1, gpt-4.1-mini-2025-04-14, 1",
        "gpt-4-0613, gpt-4-1106, 1",
    })
    void anotherModelThanWasAskedForIsNoticed(String asked, String answered, long wrong) {
        CallId id = new CallId(Purpose.REQUEST, 0);
        Event.Timing timing = new Event.Timing(
                0, 0, OptionalLong.of(1), OptionalLong.of(1), OptionalLong.of(2), Histories.nanos(300));
        Histories history = new Histories()
                .request(0, 0, 300, Outcome.SERVED)
                .add(new Event.UpstreamCall(
                        Optional.of(id),
                        Arm.OLD,
                        asked,
                        Optional.of(answered),
                        true,
                        timing,
                        OptionalInt.of(200),
                        Outcome.SERVED,
                        true,
                        Histories.USAGE,
                        OptionalLong.of(50),
                        List.of(),
                        OptionalLong.empty()));

        assertThat(ledger(history).wrongModel()).isEqualTo(wrong);
    }
}
