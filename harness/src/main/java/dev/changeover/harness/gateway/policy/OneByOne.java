package dev.changeover.harness.gateway.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All tries at one candidate, with a wait before each further one, before the next candidate; so many
/// further tries at each.
final class OneByOne implements Walk {

    private final int max;
    private final Prospects prospects;
    private final Backoff backoff;
    private final long request;
    private final Map<Candidate, Integer> tries = new HashMap<>();
    private final Set<Candidate> spent = new HashSet<>();
    private Optional<Candidate> current = Optional.empty();
    private boolean rested = true;

    OneByOne(int max, Prospects prospects, Backoff backoff, long request) {
        this.max = max;
        this.prospects = prospects;
        this.backoff = backoff;
        this.request = request;
    }

    @Override
    public Optional<Move> next(long nowNanos, long deadlineNanos) {
        while (true) {
            List<Candidate> open = prospects.open(nowNanos, candidate -> !spent.contains(candidate));
            if (open.isEmpty()) {
                return Optional.empty();
            }
            Candidate candidate = current.filter(open::contains).orElseGet(open::getFirst);
            long at = Math.max(restedNanos(candidate, nowNanos), prospects.notBefore(candidate.arm()));
            current = Optional.of(candidate);
            rested = true;
            if (at <= nowNanos) {
                return Optional.of(call(candidate));
            }
            if (at < deadlineNanos) {
                return Optional.of(new Move.Wait(at));
            }
            spent.add(candidate);
        }
    }

    private long restedNanos(Candidate candidate, long nowNanos) {
        boolean again = !rested && current.filter(candidate::equals).isPresent();
        return again ? nowNanos + backoff.nanos(request, tries.get(candidate)) : nowNanos;
    }

    private Move call(Candidate candidate) {
        rested = false;
        if (tries.merge(candidate, 1, Integer::sum) > max) {
            spent.add(candidate);
        }
        return new Move.Call(candidate);
    }
}
