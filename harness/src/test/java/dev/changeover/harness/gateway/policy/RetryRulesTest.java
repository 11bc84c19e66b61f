package dev.changeover.harness.gateway.policy;

import static dev.changeover.harness.gateway.policy.VirtualCalls.config;
import static dev.changeover.harness.units.Arm.NEW;
import static dev.changeover.harness.units.Arm.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.gateway.policy.VirtualCalls.Reply;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Gateway.Retry.On;
import dev.changeover.harness.scenario.Gateway.Retry.Scope;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Retry rules as people write them, wrong ones included.
class RetryRulesTest {

    private static final Optional<Gateway.Breaker> NO_BREAKER = Optional.empty();
    private static final List<String> FALLBACK = List.of("second", "third");

    @Test
    void threeTriesAtEachOfThreeModelsAreNineCalls() {
        var calls = new VirtualCalls(config(rules(2, On.CURABLE, Scope.CANDIDATE, true), NO_BREAKER, FALLBACK, OLD), 7);
        calls.play((_, _) -> Reply.bad(10, ErrorKind.SERVER_ERROR));
        assertThat(calls.log)
                .containsExactly(
                        "0 old server_error",
                        "210 old server_error",
                        "520 old server_error",
                        "530 old/second server_error",
                        "740 old/second server_error",
                        "1050 old/second server_error",
                        "1060 old/third server_error",
                        "1270 old/third server_error",
                        "1580 old/third server_error",
                        "1590 gave up: server_error, come back at 1590");
    }

    @Test
    void atEachCandidateTheSecondTryMaySucceed() {
        var calls = calls(rules(2, On.CURABLE, Scope.CANDIDATE, true), NO_BREAKER);
        calls.play((attempt, _) -> attempt.number() == 1 ? Reply.bad(10, ErrorKind.SERVER_ERROR) : Reply.good(10));
        assertThat(calls.log).containsExactly("0 old server_error", "210 old served");
    }

    @Test
    void whatRepeatingCannotChangeEndsTheTriesAtACandidate() {
        var calls = calls(rules(2, On.CURABLE, Scope.CANDIDATE, true), NO_BREAKER);
        calls.play((_, _) -> Reply.bad(10, ErrorKind.AUTH));
        assertThat(calls.log).containsExactly("0 old auth", "10 new auth", "20 gave up: auth");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTH", "BAD_REQUEST", "NOT_FOUND", "CONTEXT_LENGTH", "QUOTA"})
    void whoTriesEveryErrorAgainPaysForARefusedKeyManyTimes(ErrorKind kind) {
        var calls = new VirtualCalls(config(rules(2, On.ANY, Scope.CANDIDATE, true), NO_BREAKER, FALLBACK, OLD), 7);
        calls.play((_, _) -> Reply.bad(0, kind));
        assertThat(calls.log.stream().filter(line -> line.endsWith(" " + kind.word()) && !line.contains("gave up")))
                .hasSize(9);
        assertThat(calls.log.getLast()).contains("gave up: " + kind.word());
    }

    @Test
    void everyErrorIsTriedAgainWithinTheWholeRequestToo() {
        var calls = calls(rules(2, On.ANY, Scope.REQUEST, true), NO_BREAKER);
        calls.play((_, _) -> Reply.bad(0, ErrorKind.BAD_REQUEST));
        assertThat(calls.log)
                .containsExactly(
                        "0 old bad_request",
                        "0 new bad_request",
                        "200 old bad_request",
                        "200 gave up: bad_request, come back at 200");
    }

    @Test
    void retryAfterIsHeededAtTheSameCandidate() {
        var calls = calls(rules(1, On.CURABLE, Scope.CANDIDATE, true), NO_BREAKER);
        calls.play((attempt, _) -> attempt.number() == 1 ? Reply.comeBackAfter(3_000) : Reply.good(10));
        assertThat(calls.log).containsExactly("0 old rate_limited", "3000 old served");
    }

    @ParameterizedTest
    @EnumSource
    void retryAfterIsIgnoredWhereTheRulesSaySo(Scope scope) {
        var calls = new VirtualCalls(config(rules(1, On.CURABLE, scope, false), NO_BREAKER, OLD), 7);
        calls.play((attempt, _) -> attempt.number() == 1 ? Reply.comeBackAfter(3_000) : Reply.good(10));
        assertThat(calls.log).containsExactly("0 old rate_limited", "200 old served");
    }

    @Test
    void aRetryAfterBeyondTheDeadlineGoesOnToTheNextCandidate() {
        var calls = calls(rules(2, On.CURABLE, Scope.CANDIDATE, true), NO_BREAKER);
        calls.play((attempt, _) -> attempt.arm() == OLD ? Reply.comeBackAfter(90_000) : Reply.good(10));
        assertThat(calls.log).containsExactly("0 old rate_limited", "0 new served");
    }

    @Test
    void aBreakerThatOpensEndsTheTriesAtItsProvider() {
        var calls = calls(
                rules(5, On.CURABLE, Scope.CANDIDATE, true),
                Optional.of(new Gateway.Breaker(2, Duration.ofSeconds(60), 1)));
        calls.play((attempt, _) -> attempt.arm() == OLD ? Reply.bad(0, ErrorKind.OVERLOADED) : Reply.good(10));
        assertThat(calls.log)
                .containsExactly(
                        "0 old overloaded", "200 old overloaded", "200 old breaker closed -> open", "200 new served");
    }

    @Test
    void anIllProviderIsTriedOnceTheHealthyOneIsSpent() {
        var calls = calls(rules(1, On.CURABLE, Scope.CANDIDATE, true), NO_BREAKER);
        calls.probe(OLD, false);
        calls.play((attempt, _) -> attempt.arm() == NEW ? Reply.bad(0, ErrorKind.SERVER_ERROR) : Reply.good(10));
        assertThat(calls.log)
                .containsExactly("0 old ill", "0 new server_error", "200 new server_error", "200 old served");
    }

    @Test
    void theDeadlineHoldsOverEveryTryAtEveryCandidate() {
        var calls = calls(rules(2, On.CURABLE, Scope.CANDIDATE, true), NO_BREAKER);
        calls.play((_, _) -> Reply.bad(25_000, ErrorKind.TIMEOUT_FIRST_TOKEN));
        assertThat(calls.log)
                .containsExactly(
                        "0 old timeout_first_token",
                        "25200 old timeout_first_token",
                        "50500 old timeout_first_token",
                        "60000 gave up: timeout_total, come back at 60000");
    }

    private static VirtualCalls calls(Gateway.Retry retry, Optional<Gateway.Breaker> breaker) {
        return new VirtualCalls(config(retry, breaker, OLD, NEW), 7);
    }

    /// Waits of 200 and then 300 ms.
    private static Gateway.Retry rules(int max, On on, Scope scope, boolean retryAfter) {
        return new Gateway.Retry(
                max,
                Duration.ofMillis(200),
                Optional.of(Duration.ofMillis(300)),
                2,
                Gateway.Retry.Jitter.NONE,
                on,
                scope,
                retryAfter);
    }
}
