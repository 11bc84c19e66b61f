package dev.changeover.harness.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Gateway;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration CAP = Duration.ofSeconds(60);

    @Test
    void withoutJitterItIsTheCeilingUpToTheCap() {
        Backoff backoff = new Backoff(retry(Gateway.Retry.Jitter.NONE), CAP, 7);
        assertThat(LongStream.of(1, 2, 3, 10, 1_000_000).map(round -> backoff.nanos(1, (int) round) / 1_000_000))
                .containsExactly(200L, 400L, 800L, 60_000L, 60_000L);
    }

    @Test
    void aCapOfItsOwnComesBeforeTheRequestsWholeTime() {
        Gateway.Retry capped = new Gateway.Retry(
                3,
                Duration.ofMillis(200),
                Optional.of(Duration.ofMillis(500)),
                2,
                Gateway.Retry.Jitter.NONE,
                Gateway.Retry.On.CURABLE,
                Gateway.Retry.Scope.REQUEST,
                true);
        Backoff backoff = new Backoff(capped, CAP, 7);
        assertThat(LongStream.of(1, 2, 3, 10).map(round -> backoff.nanos(1, (int) round) / 1_000_000))
                .containsExactly(200L, 400L, 500L, 500L);
    }

    @Test
    void withFullJitterItIsSpreadFromNothingToTheCeiling() {
        Backoff backoff = new Backoff(retry(Gateway.Retry.Jitter.FULL), CAP, 7);
        var millis = LongStream.range(0, 10_000)
                .map(request -> backoff.nanos(request, 2) / 1_000_000)
                .summaryStatistics();
        assertThat(millis.getMin()).isBetween(0L, 5L);
        assertThat(millis.getMax()).isBetween(395L, 400L);
        assertThat(millis.getAverage()).isBetween(195.0, 205.0);
    }

    @Test
    void theSameSeedRequestAndRoundWaitTheSame() {
        Backoff one = new Backoff(retry(Gateway.Retry.Jitter.FULL), CAP, 7);
        Backoff same = new Backoff(retry(Gateway.Retry.Jitter.FULL), CAP, 7);
        Backoff otherSeed = new Backoff(retry(Gateway.Retry.Jitter.FULL), CAP, 8);
        one.nanos(5, 1);
        assertThat(one.nanos(12, 3)).isEqualTo(same.nanos(12, 3)).isNotEqualTo(otherSeed.nanos(12, 3));
    }

    private static Gateway.Retry retry(Gateway.Retry.Jitter jitter) {
        return new Gateway.Retry(3, Duration.ofMillis(200), 2, jitter);
    }
}
