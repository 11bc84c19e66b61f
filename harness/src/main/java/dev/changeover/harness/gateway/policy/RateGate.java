package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.scenario.Gateway;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedSet;

/// Lets requests through as the limits of a sliding minute allow. What does not fit waits in a queue, first in, first
/// out: a small request behind a large one waits with it, so that nobody is overtaken.
public final class RateGate {

    /// A request at the gate; each is another one, whatever it asks for.
    public static final class Ticket {
        private final long tokens;
        private final long untilNanos;

        private Ticket(long tokens, long untilNanos) {
            this.tokens = tokens;
            this.untilNanos = untilNanos;
        }
    }

    public sealed interface Decision {
        record Through() implements Decision {}

        /// [#due] says what becomes of it.
        record Wait(Ticket ticket) implements Decision {}

        /// @param comeBackNanos when the next slot opens: for it, where nobody can wait; else in the queue
        record Refused(long comeBackNanos) implements Decision {}

        /// More tokens than a whole minute may have: coming back is no use.
        record NeverFits(long mostTokens) implements Decision {}
    }

    /// What became of one that waited.
    public sealed interface Ending {
        Ticket ticket();

        record Through(Ticket ticket) implements Ending {}

        /// Its patience ended.
        ///
        /// @param comeBackNanos when it would have fitted
        record Refused(Ticket ticket, long comeBackNanos) implements Ending {}
    }

    private final Gateway.Limits limits;
    private final SlidingMinute minute;
    private final SequencedSet<Ticket> queue = new LinkedHashSet<>();

    public RateGate(Gateway.Limits limits) {
        this.limits = limits;
        this.minute = new SlidingMinute(limits.requestsPerMinute(), limits.tokensPerMinute());
    }

    /// A request arrives. What is due by now is to be asked for first.
    public Decision arrived(long tokens, long now) {
        if (!minute.everFits(tokens)) {
            return new Decision.NeverFits(limits.tokensPerMinute().getAsLong());
        }
        long fitsFrom = minute.fitsFromNanos(tokens, now);
        if (queue.isEmpty() && fitsFrom <= now) {
            minute.letThrough(tokens, now);
            return new Decision.Through();
        }
        if (queue.size() < limits.queue() && limits.patience().isPositive()) {
            Ticket ticket = new Ticket(tokens, now + limits.patience().toNanos());
            queue.add(ticket);
            return new Decision.Wait(ticket);
        }
        return new Decision.Refused(queue.isEmpty() ? fitsFrom : headMovesNanos(now));
    }

    /// It went away, and waits no longer.
    public void left(Ticket ticket) {
        queue.remove(ticket);
    }

    /// Those whose waiting ends by now, in the order in which they came.
    public List<Ending> due(long now) {
        List<Ending> endings = new ArrayList<>();
        while (!queue.isEmpty() && headMovesNanos(now) <= now) {
            Ticket head = queue.removeFirst();
            long fitsFrom = minute.fitsFromNanos(head.tokens, now);
            if (fitsFrom <= now) {
                minute.letThrough(head.tokens, now);
                endings.add(new Ending.Through(head));
            } else {
                endings.add(new Ending.Refused(head, fitsFrom));
            }
        }
        return endings;
    }

    /// When to ask for what is due; empty: nobody waits.
    public OptionalLong nextNanos(long now) {
        return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(headMovesNanos(now));
    }

    public int waiting() {
        return queue.size();
    }

    /// All have the same patience, so that the one in front is the first to lose it.
    private long headMovesNanos(long now) {
        Ticket head = queue.getFirst();
        return Math.min(head.untilNanos, minute.fitsFromNanos(head.tokens, now));
    }
}
