package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.RateGate;
import dev.changeover.harness.scenario.Gateway;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Holds requests back as a [RateGate] says.
final class Turnstile {

    /// Exactly one of these is called, once.
    interface Visitor {
        void through();

        /// @param retryAfterSeconds empty: coming back is no use
        void refused(String why, OptionalLong retryAfterSeconds);

        /// The caller went away while it waited.
        void gone();
    }

    private static final long SECOND = 1_000_000_000;

    private final Shell shell;
    private final RateGate gate;
    private final Map<RateGate.Ticket, Visitor> waiting = new HashMap<>();
    private long timer = -1;

    Turnstile(Shell shell, Gateway.Limits limits) {
        this.shell = shell;
        this.gate = new RateGate(limits);
    }

    /// @param tokens that it may take of the limit
    void enter(long tokens, HttpServerResponse caller, Visitor visitor) {
        settle();
        switch (gate.arrived(tokens, shell.now())) {
            case RateGate.Decision.Through _ -> visitor.through();
            case RateGate.Decision.Refused(long comeBackNanos) ->
                visitor.refused("too many requests: the queue is full", retryAfter(comeBackNanos));
            case RateGate.Decision.NeverFits(long most) ->
                visitor.refused(
                        "the request is too large: it may take %d tokens, and the limit is %d a minute; ask for less"
                                .formatted(tokens, most),
                        OptionalLong.empty());
            case RateGate.Decision.Wait(RateGate.Ticket ticket) -> {
                waiting.put(ticket, visitor);
                caller.exceptionHandler(_ -> leave(ticket));
                caller.closeHandler(_ -> leave(ticket));
            }
        }
        watch();
    }

    int waiting() {
        return gate.waiting();
    }

    private void leave(RateGate.Ticket ticket) {
        Visitor visitor = waiting.remove(ticket);
        if (visitor != null) {
            gate.left(ticket);
            visitor.gone();
            settle();
            watch();
        }
    }

    private void settle() {
        for (RateGate.Ending ending : gate.due(shell.now())) {
            Visitor visitor = waiting.remove(ending.ticket());
            switch (ending) {
                case RateGate.Ending.Through _ -> visitor.through();
                case RateGate.Ending.Refused refused ->
                    visitor.refused(
                            "too many requests: it waited for as long as it may", retryAfter(refused.comeBackNanos()));
            }
        }
    }

    private void watch() {
        shell.vertx().cancelTimer(timer);
        gate.nextNanos(shell.now())
                .ifPresent(next -> timer = shell.at(next, () -> {
                    settle();
                    watch();
                }));
    }

    private OptionalLong retryAfter(long comeBackNanos) {
        return OptionalLong.of(Math.max(1, Math.ceilDiv(comeBackNanos - shell.now(), SECOND)));
    }
}
