package dev.changeover.harness.gateway.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Each candidate once a round, one after the other without waiting, and a wait between rounds; so many
/// further tries in all.
final class Rounds implements Walk {

    private final int max;
    private final Prospects prospects;
    private final Backoff backoff;
    private final long request;
    private final Set<Candidate> triedThisRound = new HashSet<>();
    private int tries;
    private int round = 1;

    Rounds(int max, Prospects prospects, Backoff backoff, long request) {
        this.max = max;
        this.prospects = prospects;
        this.backoff = backoff;
        this.request = request;
    }

    @Override
    public Optional<Move> next(long nowNanos, long deadlineNanos) {
        if (tries > max) {
            return Optional.empty();
        }
        Optional<Candidate> candidate = callable(nowNanos).stream()
                .filter(c -> !triedThisRound.contains(c))
                .findFirst();
        if (candidate.isEmpty()) {
            return nextRound(nowNanos, deadlineNanos);
        }
        triedThisRound.add(candidate.get());
        tries++;
        return Optional.of(new Move.Call(candidate.get()));
    }

    private Optional<Move> nextRound(long nowNanos, long deadlineNanos) {
        if (tries == 0) {
            return Optional.empty();
        }
        long rested = nowNanos + backoff.nanos(request, round);
        OptionalLong at = prospects.hopeful().stream()
                .mapToLong(candidate -> Math.max(rested, prospects.notBefore(candidate.arm())))
                .filter(atNanos -> !callable(atNanos).isEmpty())
                .min();
        if (at.isEmpty() || at.getAsLong() >= deadlineNanos) {
            return Optional.empty();
        }
        round++;
        triedThisRound.clear();
        return Optional.of(new Move.Wait(at.getAsLong()));
    }

    private List<Candidate> callable(long atNanos) {
        return prospects.open(atNanos, _ -> true).stream()
                .filter(candidate -> prospects.notBefore(candidate.arm()) <= atNanos)
                .toList();
    }
}
