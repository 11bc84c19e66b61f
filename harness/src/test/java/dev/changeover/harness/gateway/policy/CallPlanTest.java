package dev.changeover.harness.gateway.policy;

import static dev.changeover.harness.gateway.policy.VirtualCalls.config;
import static dev.changeover.harness.gateway.policy.VirtualCalls.retries;
import static dev.changeover.harness.units.Arm.NEW;
import static dev.changeover.harness.units.Arm.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.gateway.policy.VirtualCalls.Reply;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallPlanTest {

    private static final Optional<Gateway.Breaker> NO_BREAKER = Optional.empty();
    private static final Optional<Gateway.Breaker> BREAKER =
            Optional.of(new Gateway.Breaker(2, Duration.ofSeconds(60), 1));

    @Test
    void theFirstOfTheRouteAnswersWhileItWorks() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.good(30));
        assertThat(calls.log).containsExactly("0 old served");
    }

    @Test
    void aFailureFallsOverAtOnceWithoutWaiting() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.play((attempt, _) -> attempt.arm() == OLD ? Reply.bad(50, ErrorKind.OVERLOADED) : Reply.good(30));
        assertThat(calls.log).containsExactly("0 old overloaded", "50 new served");
    }

    @Test
    void waitsOnlyWhenEveryProviderHasFailedInThisRound() {
        var calls = new VirtualCalls(config(retries(4), NO_BREAKER, OLD, NEW), 7);
        calls.play((attempt, _) -> attempt.number() < 5 ? Reply.bad(10, ErrorKind.SERVER_ERROR) : Reply.good(10));
        assertThat(calls.log)
                .containsExactly(
                        "0 old server_error",
                        "10 new server_error",
                        "220 old server_error",
                        "230 new server_error",
                        "640 old served");
    }

    @Test
    void furtherTriesAreBoundedOverAllProvidersTogether() {
        var calls = new VirtualCalls(config(retries(2), NO_BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.bad(10, ErrorKind.SERVER_ERROR));
        assertThat(calls.log)
                .containsExactly(
                        "0 old server_error",
                        "10 new server_error",
                        "220 old server_error",
                        "230 gave up: server_error, come back at 230");
    }

    @Test
    void aBudgetOfNoneMeansOneTry() {
        var calls = new VirtualCalls(config(retries(0), NO_BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.bad(10, ErrorKind.SERVER_ERROR));
        assertThat(calls.log).containsExactly("0 old server_error", "10 gave up: server_error, come back at 10");
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_REQUEST", "CONTENT_FILTER"})
    void theCallersOwnFaultIsPaidForOnce(ErrorKind kind) {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.bad(10, kind));
        assertThat(calls.log)
                .containsExactly("0 old " + kind.word(), "10 gave up: " + kind.word() + ", come back at 10");
    }

    @Test
    void aContextTooLongForTheOnlyModelIsPaidForOnce() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.bad(10, ErrorKind.CONTEXT_LENGTH));
        assertThat(calls.log).containsExactly("0 old context_length", "10 gave up: context_length");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTH", "PERMISSION", "QUOTA", "NOT_FOUND"})
    void whatRepeatingCannotChangeIsNeverRepeatedOnTheSameProvider(ErrorKind kind) {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.bad(10, kind));
        assertThat(calls.log)
                .containsExactly("0 old " + kind.word(), "10 new " + kind.word(), "20 gave up: " + kind.word());
    }

    @Test
    void aProviderThatTurnedTheKeyDownIsLeftOutOfLaterRounds() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.play((attempt, _) -> Reply.bad(0, attempt.arm() == OLD ? ErrorKind.AUTH : ErrorKind.OVERLOADED));
        assertThat(calls.log)
                .containsExactly(
                        "0 old auth",
                        "0 new overloaded",
                        "200 new overloaded",
                        "600 new overloaded",
                        "600 gave up: overloaded, come back at 600");
    }

    @Test
    void noCallBeforeRetryAfterIsOver() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD), 7);
        calls.play((attempt, _) -> attempt.number() < 3 ? Reply.comeBackAfter(3_000) : Reply.good(10));
        assertThat(calls.log).containsExactly("0 old rate_limited", "3000 old rate_limited", "6000 old served");
    }

    @Test
    void theOtherProviderIsTriedWhileOneAsksForPatience() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.play((attempt, _) ->
                attempt.arm() == OLD ? Reply.comeBackAfter(30_000) : Reply.bad(0, ErrorKind.SERVER_ERROR));
        assertThat(calls.log)
                .containsExactly(
                        "0 old rate_limited",
                        "0 new server_error",
                        "200 new server_error",
                        "600 new server_error",
                        "600 gave up: server_error, come back at 600");
    }

    @Test
    void aRetryAfterBeyondTheDeadlineIsNotWaitedFor() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.comeBackAfter(90_000));
        assertThat(calls.log)
                .containsExactly(
                        "0 old rate_limited", "0 new rate_limited", "0 gave up: rate_limited, come back at 90000");
    }

    @Test
    void anOpenBreakerIsPassedOver() {
        var calls = new VirtualCalls(config(retries(3), BREAKER, OLD, NEW), 7);
        VirtualCalls.Providers oldIsDown =
                (attempt, _) -> attempt.arm() == OLD ? Reply.bad(10, ErrorKind.CONNECTION_REFUSED) : Reply.good(10);
        calls.play(oldIsDown);
        calls.play(oldIsDown);
        calls.play(oldIsDown);
        assertThat(calls.log)
                .containsExactly(
                        "0 old connection_refused",
                        "10 new served",
                        "20 old connection_refused",
                        "30 old breaker closed -> open",
                        "30 new served",
                        "40 new served");
    }

    @Test
    void theFirstOfTheRouteServesAgainWhenItsTrialsSucceed() {
        var calls = new VirtualCalls(config(retries(3), BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.bad(0, ErrorKind.OVERLOADED));
        calls.log.clear();
        calls.nowMillis = 61_000;
        calls.play((_, _) -> Reply.good(10));
        assertThat(calls.log)
                .containsExactly(
                        "61000 old breaker open -> half_open",
                        "61000 old served",
                        "61010 old breaker half_open -> closed");
    }

    @Test
    void whenEveryBreakerIsOpenTheCallerIsToldAtOnceWhenToComeBack() {
        var calls = new VirtualCalls(config(retries(3), BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.bad(0, ErrorKind.OVERLOADED));
        calls.log.clear();
        calls.nowMillis = 5_000;
        calls.play((_, _) -> Reply.good(10));
        assertThat(calls.log).containsExactly("5000 gave up: no provider, come back at 60200");
    }

    @Test
    void anIllProviderIsPassedOver() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.probe(OLD, false);
        calls.play((_, _) -> Reply.good(10));
        assertThat(calls.log).containsExactly("0 old ill", "0 new served");
    }

    @Test
    void whenAllLookIllTheRouteIsUsedAsIfAllWereHealthy() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.probe(OLD, false);
        calls.probe(NEW, false);
        calls.play((_, _) -> Reply.good(10));
        assertThat(calls.log).containsExactly("0 old ill", "0 new ill", "0 old served");
    }

    @Test
    void anIllProviderIsBetterThanOneWhoseBreakerIsOpen() {
        var calls = new VirtualCalls(config(retries(1), BREAKER, OLD, NEW), 7);
        calls.probe(NEW, false);
        calls.play((_, _) -> Reply.bad(0, ErrorKind.OVERLOADED));
        calls.log.clear();
        calls.play((_, _) -> Reply.good(10));
        assertThat(calls.log).containsExactly("200 new served");
    }

    @Test
    void aDarkProviderDoesNotEatTheWholeTime() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        calls.play((attempt, _) ->
                attempt.arm() == OLD ? Reply.bad(10_000, ErrorKind.TIMEOUT_FIRST_TOKEN) : Reply.good(500));
        assertThat(calls.log).containsExactly("0 old timeout_first_token", "10000 new served");
    }

    @Test
    void theDeadlineEndsItWhateverBudgetIsLeft() {
        var calls = new VirtualCalls(config(retries(100), NO_BREAKER, OLD, NEW), 7);
        calls.play((_, _) -> Reply.bad(25_000, ErrorKind.TIMEOUT_FIRST_TOKEN));
        assertThat(calls.log)
                .containsExactly(
                        "0 old timeout_first_token",
                        "25000 new timeout_first_token",
                        "50200 old timeout_first_token",
                        "60000 gave up: timeout_total, come back at 60000");
    }

    @Test
    void aFailureAfterContentCountsForTheBreakerAndIsNotTriedAgain() {
        var calls = new VirtualCalls(config(retries(3), BREAKER, OLD, NEW), 7);
        for (int i = 0; i < 2; i++) {
            CallPlan plan = calls.plan(i, 0);
            assertThat(plan.next(0)).isEqualTo(new Step.Try(new Candidate(OLD, VirtualCalls.MODEL), 1));
            plan.brokeOff(ErrorKind.TRUNCATED_STREAM, 0);
        }
        assertThat(calls.log).containsExactly("0 old breaker closed -> open");
    }

    @Test
    void aCallerThatWentAwaySaysNothingOfTheProvider() {
        var calls = new VirtualCalls(config(retries(3), BREAKER, OLD, NEW), 7);
        for (int i = 0; i < 5; i++) {
            CallPlan plan = calls.plan(i, 0);
            plan.next(0);
            plan.cancelled(0);
        }
        assertThat(calls.log).isEmpty();
    }

    @Test
    void askingForTheNextStepDuringATryIsAMistake() {
        var calls = new VirtualCalls(config(retries(3), NO_BREAKER, OLD, NEW), 7);
        CallPlan plan = calls.plan(1, 0);
        plan.next(0);
        assertThatThrownBy(() -> plan.next(0)).hasMessageContaining("a try at old is still running");
    }

    @Test
    void everyErrorKindHasARemedyAndASign() {
        assertThat(EnumSet.allOf(ErrorKind.class)).allSatisfy(kind -> {
            assertThat(Remedy.against(kind)).isNotNull();
            assertThat(Remedy.sign(kind)).isNotNull();
        });
    }
}
