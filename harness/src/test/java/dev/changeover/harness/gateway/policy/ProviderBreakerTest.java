package dev.changeover.harness.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.gateway.policy.ProviderBreaker.Pass;
import dev.changeover.harness.gateway.policy.ProviderBreaker.Sign;
import dev.changeover.harness.scenario.Gateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderBreakerTest {

    private static final long SECOND = 1_000_000_000;

    private final List<String> changes = new ArrayList<>();
    private final ProviderBreaker breaker = new ProviderBreaker(
            new Gateway.Breaker(3, Duration.ofSeconds(60), 2),
            (from, to, now) -> changes.add("%ds %s -> %s".formatted(now / SECOND, from.word(), to.word())));

    @Test
    void opensAfterExactlySoManyFailuresInARow() {
        fault(0);
        fault(1);
        assertThat(changes).isEmpty();
        fault(2);
        assertThat(changes).containsExactly("2s closed -> open");
        assertThat(breaker.admit(3 * SECOND)).isEmpty();
    }

    @Test
    void aSuccessStartsTheCountAgain() {
        fault(0);
        fault(0);
        settle(Sign.GOOD, 0);
        fault(0);
        fault(0);
        assertThat(changes).isEmpty();
    }

    @Test
    void callersErrorsNeitherOpenItNorStartTheCountAgain() {
        fault(0);
        fault(0);
        settle(Sign.NONE, 0);
        assertThat(changes).isEmpty();
        fault(0);
        assertThat(changes).hasSize(1);
    }

    @Test
    void letsOnlyTheTrialsThroughOnceItsTimeIsOver() {
        openAt(0);
        assertThat(breaker.admit(60 * SECOND - 1)).isEmpty();
        assertThat(breaker.admit(60 * SECOND)).isPresent();
        assertThat(breaker.admit(60 * SECOND)).isPresent();
        assertThat(breaker.admit(60 * SECOND)).isEmpty();
        assertThat(changes).containsExactly("0s closed -> open", "60s open -> half_open");
    }

    @Test
    void closesWhenAllTrialsSucceed() {
        openAt(0);
        settle(Sign.GOOD, 60);
        settle(Sign.GOOD, 61);
        assertThat(changes).containsExactly("0s closed -> open", "60s open -> half_open", "61s half_open -> closed");
    }

    @Test
    void oneFailedTrialOpensItForAnotherWhile() {
        openAt(0);
        settle(Sign.GOOD, 60);
        fault(61);
        assertThat(changes).endsWith("61s half_open -> open");
        assertThat(breaker.admit(120 * SECOND)).isEmpty();
        assertThat(breaker.admit(121 * SECOND)).isPresent();
    }

    @Test
    void aTrialWhoseCallerWentAwayMakesRoomForAnother() {
        openAt(0);
        settle(Sign.NONE, 60);
        settle(Sign.NONE, 60);
        settle(Sign.NONE, 60);
        assertThat(breaker.admits(60 * SECOND)).isTrue();
    }

    @Test
    void callsFromBeforeItOpenedCountForNothing() {
        Pass slow = breaker.admit(0).orElseThrow();
        Pass slower = breaker.admit(0).orElseThrow();
        openAt(0);
        breaker.settle(slow, Sign.FAULT, 30 * SECOND);
        Pass trial = breaker.admit(60 * SECOND).orElseThrow();
        breaker.settle(slower, Sign.GOOD, 60 * SECOND);
        breaker.settle(trial, Sign.GOOD, 61 * SECOND);
        assertThat(changes).containsExactly("0s closed -> open", "60s open -> half_open");
    }

    private void openAt(long second) {
        fault(second);
        fault(second);
        fault(second);
    }

    private void fault(long second) {
        settle(Sign.FAULT, second);
    }

    private void settle(Sign sign, long second) {
        breaker.settle(breaker.admit(second * SECOND).orElseThrow(), sign, second * SECOND);
    }
}
