package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Plays requests through the policy in virtual time and writes down what it did, in milliseconds.
final class VirtualCalls {

    /// How a provider answers a try: after how long, with what, asking to come back when.
    record Reply(long tookMillis, Optional<ErrorKind> error, OptionalLong retryAfterMillis) {
        static Reply good(long tookMillis) {
            return new Reply(tookMillis, Optional.empty(), OptionalLong.empty());
        }

        static Reply bad(long tookMillis, ErrorKind error) {
            return new Reply(tookMillis, Optional.of(error), OptionalLong.empty());
        }

        static Reply comeBackAfter(long retryAfterMillis) {
            return new Reply(0, Optional.of(ErrorKind.RATE_LIMITED), OptionalLong.of(retryAfterMillis));
        }
    }

    @FunctionalInterface
    interface Providers {
        Reply call(Step.Try step, long atMillis);
    }

    /// What every request asks for.
    static final String MODEL = "asked";

    private static final long MILLI = 1_000_000;

    final List<String> log = new ArrayList<>();
    final Breakers breakers;
    final HealthBook health;
    final CallPlan.Shared shared;
    long nowMillis;
    private long request;

    VirtualCalls(Gateway.Reference config, long seed) {
        breakers = new Breakers(
                config.route(),
                config.breaker(),
                (arm, from, to, at) ->
                        log.add("%d %s breaker %s -> %s".formatted(at / MILLI, arm.word(), from.word(), to.word())));
        health = new HealthBook((arm, healthy, at) ->
                log.add("%d %s %s".formatted(at / MILLI, arm.word(), healthy ? "healthy" : "ill")));
        Backoff backoff = new Backoff(config.retry(), config.timeout().total(), seed);
        Router router = new Router(new Splitter(config.route(), config.split(), seed), config.fallbackModels());
        shared = new CallPlan.Shared(router, config.timeout(), config.retry(), backoff, breakers, health);
    }

    static Gateway.Reference config(Gateway.Retry retry, Optional<Gateway.Breaker> breaker, Arm... route) {
        return config(retry, breaker, List.of(), route);
    }

    static Gateway.Reference config(
            Gateway.Retry retry, Optional<Gateway.Breaker> breaker, List<String> fallbackModels, Arm... route) {
        Deadlines timeout = new Deadlines(
                Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60));
        return new Gateway.Reference(
                List.of(route),
                Optional.empty(),
                Map.of(MODEL, fallbackModels),
                timeout,
                retry,
                breaker,
                Optional.empty(),
                Gateway.Trust.CONTENT,
                Optional.empty(),
                Optional.empty(),
                Gateway.HealthPage.LOOKS);
    }

    /// Waits of exactly 200, 400, 800 ms ...
    static Gateway.Retry retries(int max) {
        return new Gateway.Retry(max, Duration.ofMillis(200), 2, Gateway.Retry.Jitter.NONE);
    }

    /// The arm, and the model where it is not the one asked for.
    private static String text(Candidate candidate) {
        String arm = candidate.arm().word();
        return candidate.model().equals(MODEL) ? arm : arm + "/" + candidate.model();
    }

    void probe(Arm arm, boolean good) {
        health.probed(arm, good, nowMillis * MILLI);
    }

    CallPlan plan(long number, long nowNanos) {
        return new CallPlan(shared, shared.router().candidates(MODEL, Optional.empty(), number), number, nowNanos);
    }

    /// Plays one request from now to its end.
    void play(Providers providers) {
        CallPlan plan = plan(request++, nowMillis * MILLI);
        Step step = plan.next(nowMillis * MILLI);
        while (true) {
            switch (step) {
                case Step.Wait(long until) -> {
                    nowMillis = Math.ceilDiv(until, MILLI);
                    step = plan.next(nowMillis * MILLI);
                }
                case Step.GiveUp(var why, var comeBack) -> {
                    log.add("%d gave up: %s%s"
                            .formatted(
                                    nowMillis,
                                    why.map(ErrorKind::word).orElse("no provider"),
                                    comeBack.isPresent() ? ", come back at " + comeBack.getAsLong() / MILLI : ""));
                    return;
                }
                case Step.Try attempt -> {
                    Reply reply = providers.call(attempt, nowMillis);
                    String line = "%d %s ".formatted(nowMillis, text(attempt.candidate()));
                    nowMillis = Math.min(nowMillis + reply.tookMillis(), plan.deadlineNanos() / MILLI);
                    log.add(line + reply.error().map(ErrorKind::word).orElse("served"));
                    if (reply.error().isEmpty()) {
                        plan.succeeded(nowMillis * MILLI);
                        return;
                    }
                    OptionalLong retryAfter = reply.retryAfterMillis().isPresent()
                            ? OptionalLong.of(reply.retryAfterMillis().getAsLong() * MILLI)
                            : OptionalLong.empty();
                    step = plan.failed(reply.error().get(), retryAfter, nowMillis * MILLI);
                }
            }
        }
    }
}
