package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.gateway.policy.ProviderBreaker.Pass;
import dev.changeover.harness.gateway.policy.ProviderBreaker.Sign;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One request's life: which provider to call next, when, or whether to give up.
///
/// The route is walked in its order, once a round: a failure that another try may cure moves on to the next provider
/// at once, and to a wait when every provider has been tried in this round. Providers are passed over while their
/// breaker is open, while they look ill and others do not, until the time they asked for in Retry-After, and for good
/// once they have given an answer that repeating cannot change. Waits for backoff and for Retry-After, never for a
/// breaker, and never past the request's deadline.
///
/// Call [#next] at the start and after each wait; tell the end of each try by one of [#succeeded], [#failed],
/// [#brokeOff] and [#cancelled].
public final class CallPlan {

    /// What the requests of a gateway share.
    public record Shared(
            List<Arm> route,
            Deadlines timeout,
            Gateway.Retry retry,
            Backoff backoff,
            Breakers breakers,
            HealthBook health) {}

    private record Running(Arm arm, Pass pass) {}

    private final Shared shared;
    private final long request;
    private final long deadlineNanos;
    private final Set<Arm> triedThisRound = EnumSet.noneOf(Arm.class);
    private final Set<Arm> hopeless = EnumSet.noneOf(Arm.class);
    private final Map<Arm, Long> notBefore = new EnumMap<>(Arm.class);
    private Optional<Running> running = Optional.empty();
    private Optional<ErrorKind> lastError = Optional.empty();
    private int tries;
    private int round = 1;

    /// @param request any number that tells requests apart; it addresses the backoff
    public CallPlan(Shared shared, long request, long nowNanos) {
        this.shared = shared;
        this.request = request;
        this.deadlineNanos = nowNanos + shared.timeout().total().toNanos();
    }

    /// When the whole request has to be over.
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /// What to do now.
    public Step next(long nowNanos) {
        if (running.isPresent()) {
            throw new IllegalStateException("a try at " + running.get().arm().word() + " is still running");
        }
        if (nowNanos >= deadlineNanos) {
            lastError = Optional.of(ErrorKind.TIMEOUT_TOTAL);
            return giveUp(nowNanos);
        }
        if (tries > shared.retry().max()) {
            return giveUp(nowNanos);
        }
        for (Arm arm : callable(nowNanos)) {
            if (!triedThisRound.contains(arm)) {
                Optional<Pass> pass = shared.breakers().admit(arm, nowNanos);
                if (pass.isPresent()) {
                    running = Optional.of(new Running(arm, pass.get()));
                    triedThisRound.add(arm);
                    tries++;
                    return new Step.Try(arm, tries);
                }
            }
        }
        return nextRound(nowNanos);
    }

    /// The answer is good, as far as the gateway judges it.
    public void succeeded(long nowNanos) {
        settle(Sign.GOOD, nowNanos);
    }

    /// The try failed before anything went out to the caller.
    ///
    /// @param retryAfterNanos as the provider asked, from now
    public Step failed(ErrorKind kind, OptionalLong retryAfterNanos, long nowNanos) {
        Arm arm = settle(Remedy.sign(kind), nowNanos);
        lastError = Optional.of(kind);
        retryAfterNanos.ifPresent(wait -> notBefore.put(arm, saturatedAdd(nowNanos, wait)));
        return switch (Remedy.against(kind)) {
            case TRY_AGAIN -> next(nowNanos);
            case ELSEWHERE -> {
                hopeless.add(arm);
                yield next(nowNanos);
            }
            case ANSWER -> giveUp(nowNanos);
        };
    }

    /// The try failed after content had gone out: nothing can be tried again.
    public void brokeOff(ErrorKind kind, long nowNanos) {
        settle(Remedy.sign(kind), nowNanos);
    }

    /// The caller went away.
    public void cancelled(long nowNanos) {
        if (running.isPresent()) {
            settle(Sign.NONE, nowNanos);
        }
    }

    private Arm settle(Sign sign, long nowNanos) {
        Running over = running.orElseThrow(() -> new IllegalStateException("no try is running"));
        running = Optional.empty();
        shared.breakers().settle(over.arm(), over.pass(), sign, nowNanos);
        return over.arm();
    }

    /// The arms that may be called at a time, tried in this round or not.
    private List<Arm> callable(long atNanos) {
        List<Arm> admitted = shared.route().stream()
                .filter(arm -> !hopeless.contains(arm) && shared.breakers().admits(arm, atNanos))
                .toList();
        return shared.health().usable(admitted).stream()
                .filter(arm -> notBefore(arm) <= atNanos)
                .toList();
    }

    private Step nextRound(long nowNanos) {
        if (triedThisRound.isEmpty() && tries == 0) {
            return giveUp(nowNanos);
        }
        long rested = nowNanos + shared.backoff().nanos(request, round);
        OptionalLong at = shared.route().stream()
                .filter(arm -> !hopeless.contains(arm))
                .mapToLong(arm -> Math.max(rested, notBefore(arm)))
                .filter(atNanos -> !callable(atNanos).isEmpty())
                .min();
        if (at.isEmpty() || at.getAsLong() >= deadlineNanos) {
            return giveUp(nowNanos);
        }
        round++;
        triedThisRound.clear();
        return new Step.Wait(at.getAsLong());
    }

    private Step giveUp(long nowNanos) {
        OptionalLong comeBack = shared.route().stream()
                .filter(arm -> !hopeless.contains(arm))
                .mapToLong(arm -> Math.max(notBefore(arm), shared.breakers().admitsFromNanos(arm, nowNanos)))
                .min();
        return new Step.GiveUp(lastError, comeBack);
    }

    private long notBefore(Arm arm) {
        return notBefore.getOrDefault(arm, Long.MIN_VALUE);
    }

    private static long saturatedAdd(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
