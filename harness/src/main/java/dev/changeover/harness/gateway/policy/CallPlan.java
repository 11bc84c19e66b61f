package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.gateway.policy.ProviderBreaker.Pass;
import dev.changeover.harness.gateway.policy.ProviderBreaker.Sign;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.wire.ErrorKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One request's life: which provider to call next, for which model, when, or whether to give up.
///
/// Its candidates are walked as the retry settings say: in rounds, or each of them to the end before the
/// next. Passed over are candidates while their provider's breaker is open, while it looks ill and others
/// do not, and for good once an answer has come that repeating cannot change: a refused key settles the
/// whole provider, an unknown model that model there, a context too long the model everywhere. Waits for
/// backoff and for Retry-After, never for a breaker, and never past the request's deadline.
///
/// Call [#next] at the start and after each wait; tell the end of each try by one of [#succeeded],
/// [#failed], [#brokeOff] and [#cancelled].
public final class CallPlan {

    /// What the requests of a gateway share.
    public record Shared(
            Router router,
            Deadlines timeout,
            Gateway.Retry retry,
            Backoff backoff,
            Breakers breakers,
            HealthBook health) {}

    private record Running(Candidate candidate, Pass pass) {}

    private final Shared shared;
    private final long deadlineNanos;
    private final Prospects prospects;
    private final Walk walk;
    private Optional<Running> running = Optional.empty();
    private Optional<ErrorKind> lastError = Optional.empty();
    private int tries;

    /// @param candidates in order
    /// @param request any number that tells requests apart; it addresses the backoff
    public CallPlan(Shared shared, List<Candidate> candidates, long request, long nowNanos) {
        this.shared = shared;
        this.deadlineNanos = nowNanos + shared.timeout().total().toNanos();
        this.prospects = new Prospects(candidates, shared.breakers(), shared.health());
        this.walk = Walk.of(shared.retry(), prospects, shared.backoff(), request);
    }

    /// When the whole request has to be over.
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /// What to do now.
    public Step next(long nowNanos) {
        if (running.isPresent()) {
            throw new IllegalStateException(
                    "a try at " + running.get().candidate().arm().word() + " is still running");
        }
        if (nowNanos >= deadlineNanos) {
            lastError = Optional.of(ErrorKind.TIMEOUT_TOTAL);
            return giveUp(nowNanos);
        }
        return switch (walk.next(nowNanos, deadlineNanos).orElse(null)) {
            case null -> giveUp(nowNanos);
            case Walk.Move.Wait(long until) -> new Step.Wait(until);
            case Walk.Move.Call(Candidate candidate) -> call(candidate, nowNanos);
        };
    }

    /// The answer is good, as far as the gateway judges it.
    public void succeeded(long nowNanos) {
        settle(Sign.GOOD, nowNanos);
    }

    /// The try failed before anything went out to the caller.
    ///
    /// @param retryAfterNanos as the provider asked, from now
    public Step failed(ErrorKind kind, OptionalLong retryAfterNanos, long nowNanos) {
        Candidate failed = settle(Remedy.sign(kind), nowNanos);
        lastError = Optional.of(kind);
        if (retryAfterNanos.isPresent() && shared.retry().retryAfter()) {
            prospects.leaveAlone(failed.arm(), saturatedAdd(nowNanos, retryAfterNanos.getAsLong()));
        }
        return switch (shared.retry().on()) {
            case ANY -> next(nowNanos);
            case CURABLE -> cure(failed, kind, nowNanos);
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

    private Step cure(Candidate failed, ErrorKind kind, long nowNanos) {
        return switch (Remedy.against(kind)) {
            case TRY_AGAIN -> next(nowNanos);
            case OTHER_PROVIDER -> {
                prospects.ruleOut(candidate -> candidate.arm() == failed.arm());
                yield next(nowNanos);
            }
            case OTHER_CANDIDATE -> {
                prospects.ruleOut(failed::equals);
                yield next(nowNanos);
            }
            case OTHER_MODEL -> {
                prospects.ruleOut(candidate -> candidate.model().equals(failed.model()));
                yield prospects.hopeful().isEmpty() ? giveUp(nowNanos) : next(nowNanos);
            }
            case ANSWER -> giveUp(nowNanos);
        };
    }

    private Step call(Candidate candidate, long nowNanos) {
        Pass pass = shared.breakers()
                .admit(candidate.arm(), nowNanos)
                .orElseThrow(() -> new IllegalStateException(
                        "the breaker of " + candidate.arm().word() + " changed its mind"));
        running = Optional.of(new Running(candidate, pass));
        tries++;
        return new Step.Try(candidate, tries);
    }

    private Candidate settle(Sign sign, long nowNanos) {
        Running over = running.orElseThrow(() -> new IllegalStateException("no try is running"));
        running = Optional.empty();
        shared.breakers().settle(over.candidate().arm(), over.pass(), sign, nowNanos);
        return over.candidate();
    }

    private Step giveUp(long nowNanos) {
        return new Step.GiveUp(lastError, prospects.comeBackNanos(nowNanos));
    }

    private static long saturatedAdd(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
