package dev.changeover.harness.gateway.policy;

import static dev.changeover.harness.gateway.policy.VirtualCalls.config;
import static dev.changeover.harness.gateway.policy.VirtualCalls.retries;
import static dev.changeover.harness.units.Arm.NEW;
import static dev.changeover.harness.units.Arm.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.gateway.policy.VirtualCalls.Reply;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Models to fall back to, each of them at every provider.
class CandidatesTest {

    private static final List<String> FALLBACK = List.of("second", "third");

    @Test
    void modelByModelAndForEachModelTheProvidersInTheirOrder() {
        var calls = calls(5, OLD, NEW);
        calls.play((_, _) -> Reply.bad(10, ErrorKind.SERVER_ERROR));
        assertThat(calls.log)
                .containsExactly(
                        "0 old server_error",
                        "10 new server_error",
                        "20 old/second server_error",
                        "30 new/second server_error",
                        "40 old/third server_error",
                        "50 new/third server_error",
                        "60 gave up: server_error, come back at 60");
    }

    @Test
    void triesAreBoundedOverAllModelsTogether() {
        var calls = calls(2, OLD, NEW);
        calls.play((_, _) -> Reply.bad(10, ErrorKind.SERVER_ERROR));
        assertThat(calls.log)
                .containsExactly(
                        "0 old server_error",
                        "10 new server_error",
                        "20 old/second server_error",
                        "30 gave up: server_error, come back at 30");
    }

    @Test
    void theNextRoundBeginsWithTheModelAskedFor() {
        var calls = calls(3, OLD);
        calls.play((attempt, _) -> attempt.number() < 4 ? Reply.bad(0, ErrorKind.OVERLOADED) : Reply.good(10));
        assertThat(calls.log)
                .containsExactly(
                        "0 old overloaded", "0 old/second overloaded", "0 old/third overloaded", "200 old served");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTH", "PERMISSION", "QUOTA"})
    void aRefusedKeySettlesTheProviderForAllModels(ErrorKind kind) {
        var calls = calls(5, OLD, NEW);
        calls.play((attempt, _) -> Reply.bad(0, attempt.arm() == OLD ? kind : ErrorKind.NOT_FOUND));
        assertThat(calls.log)
                .containsExactly(
                        "0 old " + kind.word(),
                        "0 new not_found",
                        "0 new/second not_found",
                        "0 new/third not_found",
                        "0 gave up: not_found");
    }

    @Test
    void anUnknownModelSaysNothingOfTheOthers() {
        var calls = calls(5, OLD, NEW);
        calls.play((attempt, _) -> attempt.candidate().equals(new Candidate(OLD, "second"))
                ? Reply.good(10)
                : Reply.bad(0, ErrorKind.NOT_FOUND));
        assertThat(calls.log).containsExactly("0 old not_found", "0 new not_found", "0 old/second served");
    }

    @Test
    void aContextTooLongGoesOnToTheNextModelEvenAtTheSameProvider() {
        var calls = calls(5, OLD, NEW);
        calls.play((attempt, _) ->
                attempt.candidate().model().equals("third") ? Reply.good(10) : Reply.bad(0, ErrorKind.CONTEXT_LENGTH));
        assertThat(calls.log)
                .containsExactly("0 old context_length", "0 old/second context_length", "0 old/third served");
    }

    @Test
    void aContextTooLongForEveryModelIsToldTheCaller() {
        var calls = calls(5, OLD, NEW);
        calls.play((_, _) -> Reply.bad(0, ErrorKind.CONTEXT_LENGTH));
        assertThat(calls.log)
                .containsExactly(
                        "0 old context_length",
                        "0 old/second context_length",
                        "0 old/third context_length",
                        "0 gave up: context_length");
        assertThat(Remedy.isCallersFault(ErrorKind.CONTEXT_LENGTH)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_REQUEST", "CONTENT_FILTER"})
    void theCallersOwnFaultIsNotTakenToAnotherModel(ErrorKind kind) {
        var calls = calls(5, OLD, NEW);
        calls.play((_, _) -> Reply.bad(0, kind));
        assertThat(calls.log).containsExactly("0 old " + kind.word(), "0 gave up: " + kind.word() + ", come back at 0");
    }

    @Test
    void anOpenBreakerPassesOverTheProviderWithAllItsModels() {
        var breaker = Optional.of(new Gateway.Breaker(1, Duration.ofSeconds(60), 1));
        var calls = new VirtualCalls(config(retries(5), breaker, FALLBACK, OLD, NEW), 7);
        calls.play((attempt, _) -> Reply.bad(0, attempt.arm() == OLD ? ErrorKind.OVERLOADED : ErrorKind.NOT_FOUND));
        assertThat(calls.log)
                .containsExactly(
                        "0 old overloaded",
                        "0 old breaker closed -> open",
                        "0 new not_found",
                        "0 new/second not_found",
                        "0 new/third not_found",
                        "0 gave up: not_found, come back at 60000");
    }

    @Test
    void theDeadlineHoldsOverAllModels() {
        var calls = calls(100, OLD, NEW);
        calls.play((_, _) -> Reply.bad(25_000, ErrorKind.TIMEOUT_FIRST_TOKEN));
        assertThat(calls.log)
                .containsExactly(
                        "0 old timeout_first_token",
                        "25000 new timeout_first_token",
                        "50000 old/second timeout_first_token",
                        "60000 gave up: timeout_total, come back at 60000");
    }

    @Test
    void aModelNamedTwiceIsTriedOnce() {
        var calls = new VirtualCalls(
                config(retries(2), Optional.empty(), List.of(VirtualCalls.MODEL, "second", "second"), OLD), 7);
        calls.play((_, _) -> Reply.bad(0, ErrorKind.NOT_FOUND));
        assertThat(calls.log).containsExactly("0 old not_found", "0 old/second not_found", "0 gave up: not_found");
    }

    private static VirtualCalls calls(int max, Arm... route) {
        return new VirtualCalls(config(retries(max), Optional.empty(), FALLBACK, route), 7);
    }
}
