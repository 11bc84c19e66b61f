package dev.changeover.harness.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.gateway.policy.VirtualCalls.Reply;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Gateway.Retry.On;
import dev.changeover.harness.scenario.Gateway.Retry.Scope;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Predicate;
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
        Gateway.Retry retry = new Gateway.Retry(
                max,
                Duration.ofMillis(random.nextInt(3_000)),
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofMillis(3_000 + random.nextInt(3_000))),
                1 + random.nextInt(4),
                jitter,
                random.nextInt(4) == 0 ? On.ANY : On.CURABLE,
                random.nextBoolean() ? Scope.REQUEST : Scope.CANDIDATE,
                random.nextInt(4) > 0);
        List<String> fallback = List.of("second", "third").subList(0, random.nextInt(3));
        var calls = new VirtualCalls(VirtualCalls.config(retry, breaker, fallback, Arm.OLD, Arm.NEW), seed);
        for (int i = 0; i < 12; i++) {
            for (Arm arm : Arm.values()) {
                if (random.nextInt(4) == 0) {
                    calls.probe(arm, random.nextBoolean());
                }
            }
            playOneRequest(calls, random, retry, 2 * (1 + fallback.size()), "seed " + seed + ", request " + i);
            calls.nowMillis += random.nextInt(5_000);
        }
    }

    private static void playOneRequest(
            VirtualCalls calls, SplittableRandom random, Gateway.Retry retry, int candidates, String name) {
        long start = calls.nowMillis;
        List<Candidate> tries = new ArrayList<>();
        Map<Arm, Long> notBefore = new EnumMap<>(Arm.class);
        List<Predicate<Candidate>> hopeless = new ArrayList<>();
        calls.play((attempt, atMillis) -> {
            Candidate candidate = attempt.candidate();
            tries.add(candidate);
            assertThat(attempt.number()).as(name).isEqualTo(tries.size());
            assertThat(atMillis).as(name).isBetween(start, start + TOTAL_MILLIS - 1);
            assertThat(atMillis).as(name).isGreaterThanOrEqualTo(notBefore.getOrDefault(attempt.arm(), 0L));
            assertThat(hopeless).as(name).noneMatch(rule -> rule.test(candidate));
            Reply reply = reply(random);
            if (retry.on() == On.CURABLE) {
                reply.error().ifPresent(kind -> hopeless.add(ruledOut(kind, candidate)));
            }
            if (retry.retryAfter()) {
                reply.retryAfterMillis()
                        .ifPresent(wait -> notBefore.put(attempt.arm(), atMillis + reply.tookMillis() + wait));
            }
            return reply;
        });
        int most = switch (retry.scope()) {
            case REQUEST -> retry.max() + 1;
            case CANDIDATE -> (retry.max() + 1) * candidates;
        };
        assertThat(tries).as(name).hasSizeLessThanOrEqualTo(most);
        assertThat(calls.nowMillis).as(name).isLessThanOrEqualTo(start + TOTAL_MILLIS);
        if (retry.scope() == Scope.CANDIDATE) {
            assertThat(tries)
                    .as(name)
                    .allMatch(candidate -> Collections.frequency(tries, candidate) <= retry.max() + 1);
        }
    }

    /// What must not be called again after a candidate failed in some way.
    private static Predicate<Candidate> ruledOut(ErrorKind kind, Candidate failed) {
        return switch (kind) {
            case AUTH, PERMISSION, QUOTA -> candidate -> candidate.arm() == failed.arm();
            case NOT_FOUND -> failed::equals;
            case CONTEXT_LENGTH -> candidate -> candidate.model().equals(failed.model());
            case BAD_REQUEST, CONTENT_FILTER -> _ -> true;
            case RATE_LIMITED,
                    OVERLOADED,
                    SERVER_ERROR,
                    TIMEOUT_CONNECT,
                    TIMEOUT_FIRST_TOKEN,
                    TIMEOUT_IDLE,
                    TIMEOUT_TOTAL,
                    CONNECTION_REFUSED,
                    CONNECTION_RESET,
                    TRUNCATED_STREAM,
                    STREAM_ERROR,
                    MALFORMED,
                    EMPTY_ANSWER -> _ -> false;
        };
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
