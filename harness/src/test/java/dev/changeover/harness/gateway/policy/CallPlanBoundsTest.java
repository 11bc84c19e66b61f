package dev.changeover.harness.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.gateway.policy.VirtualCalls.Reply;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Whatever providers do, a request stays within its tries and its time.
class CallPlanBoundsTest {

    private static final long TOTAL_MILLIS = 60_000;

    @Test
    void anyMixOfFaultsStaysWithinTriesTimeAndRetryAfter() {
        for (long seed = 0; seed < 2_000; seed++) {
            playOneGateway(new SplittableRandom(seed), seed);
        }
    }

    private static void playOneGateway(SplittableRandom random, long seed) {
        int max = random.nextInt(8);
        Optional<Gateway.Breaker> breaker = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Gateway.Breaker(
                        1 + random.nextInt(4), Duration.ofMillis(1 + random.nextInt(20_000)), 1 + random.nextInt(3)));
        Gateway.Retry.Jitter jitter = random.nextBoolean() ? Gateway.Retry.Jitter.FULL : Gateway.Retry.Jitter.NONE;
        Gateway.Retry retry =
                new Gateway.Retry(max, Duration.ofMillis(random.nextInt(3_000)), 1 + random.nextInt(4), jitter);
        var calls = new VirtualCalls(VirtualCalls.config(retry, breaker, Arm.OLD, Arm.NEW), seed);
        for (int i = 0; i < 12; i++) {
            for (Arm arm : Arm.values()) {
                if (random.nextInt(4) == 0) {
                    calls.probe(arm, random.nextBoolean());
                }
            }
            playOneRequest(calls, random, max, "seed " + seed + ", request " + i);
            calls.nowMillis += random.nextInt(5_000);
        }
    }

    private static void playOneRequest(VirtualCalls calls, SplittableRandom random, int max, String name) {
        long start = calls.nowMillis;
        AtomicInteger tries = new AtomicInteger();
        Map<Arm, Long> notBefore = new EnumMap<>(Arm.class);
        Map<Arm, ErrorKind> hopeless = new EnumMap<>(Arm.class);
        calls.play((attempt, atMillis) -> {
            assertThat(attempt.number()).as(name).isEqualTo(tries.incrementAndGet());
            assertThat(atMillis).as(name).isBetween(start, start + TOTAL_MILLIS - 1);
            assertThat(atMillis).as(name).isGreaterThanOrEqualTo(notBefore.getOrDefault(attempt.arm(), 0L));
            assertThat(hopeless).as(name).doesNotContainKey(attempt.arm());
            Reply reply = reply(random);
            reply.error()
                    .filter(kind -> Remedy.against(kind) != Remedy.TRY_AGAIN)
                    .ifPresent(kind -> hopeless.put(attempt.arm(), kind));
            reply.retryAfterMillis()
                    .ifPresent(wait -> notBefore.put(attempt.arm(), atMillis + reply.tookMillis() + wait));
            return reply;
        });
        assertThat(tries.get()).as(name).isLessThanOrEqualTo(max + 1);
        assertThat(calls.nowMillis).as(name).isLessThanOrEqualTo(start + TOTAL_MILLIS);
    }

    private static Reply reply(SplittableRandom random) {
        if (random.nextInt(5) == 0) {
            return Reply.good(random.nextInt(20_000));
        }
        ErrorKind[] kinds = ErrorKind.values();
        ErrorKind kind = kinds[random.nextInt(kinds.length)];
        OptionalLong retryAfter =
                random.nextInt(3) == 0 ? OptionalLong.of(random.nextInt(40_000)) : OptionalLong.empty();
        return new Reply(random.nextInt(12_000), Optional.of(kind), retryAfter);
    }
}
