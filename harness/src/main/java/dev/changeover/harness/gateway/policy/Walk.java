package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.scenario.Gateway;
import java.util.Optional;

/// In which order, how often and how soon a request goes through its candidates.
sealed interface Walk permits Rounds, OneByOne {

    sealed interface Move {
        record Call(Candidate candidate) implements Move {}

        record Wait(long untilNanos) implements Move {}
    }

    /// What comes next, at the start, after a failure and after a wait; empty when nothing is left to try
    /// in time. The breaker admits what is to be called.
    Optional<Move> next(long nowNanos, long deadlineNanos);

    /// @param request addresses the backoff
    static Walk of(Gateway.Retry retry, Prospects prospects, Backoff backoff, long request) {
        return switch (retry.scope()) {
            case REQUEST -> new Rounds(retry.max(), prospects, backoff, request);
            case CANDIDATE -> new OneByOne(retry.max(), prospects, backoff, request);
        };
    }
}
