package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.util.Arrays;
import java.util.Optional;

/// Which provider each request was first given to, and which it ever reached: by the gateway's own tries,
/// where it tells them, else by the ledger, which does not see calls that died on the way.
final class Firsts {

    private static final byte NOBODY = -1;

    private final Join join;
    private final boolean attempts;
    private final byte[] first;
    private final byte[] reached;
    private final boolean[] failed;

    Firsts(History history, Join join) {
        this.join = join;
        this.attempts = !history.attempts().isEmpty();
        this.first = new byte[join.size()];
        this.reached = new byte[join.size()];
        this.failed = new boolean[join.size()];
        Arrays.fill(first, NOBODY);
        byLedger();
        if (attempts) {
            byAttempts(history);
        }
    }

    private void byLedger() {
        for (int i = 0; i < join.size(); i++) {
            long earliest = Long.MAX_VALUE;
            for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
                Event.UpstreamCall call = join.call(i, ordinal);
                reach(i, call.arm());
                if (call.timing().dueNanos() < earliest) {
                    earliest = call.timing().dueNanos();
                    first(i, call.arm(), call.outcome());
                }
            }
        }
    }

    private void byAttempts(History history) {
        for (Event.Attempt attempt : history.attempts()) {
            int i = attempt.id().purpose() == Purpose.REQUEST
                    ? join.find(attempt.id().number())
                    : -1;
            if (i >= 0) {
                reach(i, attempt.arm());
                if (attempt.number() == 1) {
                    first(i, attempt.arm(), attempt.outcome());
                }
            }
        }
    }

    private void first(int i, Arm arm, Outcome outcome) {
        first[i] = (byte) arm.ordinal();
        failed[i] = !outcome.isServed() || join.request(i).outcome() instanceof Outcome.Failed;
    }

    private void reach(int i, Arm arm) {
        reached[i] |= (byte) (1 << arm.ordinal());
    }

    /// Whether the gateway tells its own tries.
    boolean attempts() {
        return attempts;
    }

    /// Empty: it reached none, or nobody knows.
    Optional<Arm> of(int i) {
        return first[i] == NOBODY ? Optional.empty() : Optional.of(Arm.values()[first[i]]);
    }

    /// Whether a call for it was made to the provider.
    boolean reached(int i, Arm arm) {
        return (reached[i] & 1 << arm.ordinal()) != 0;
    }

    /// Whether that provider failed it, or its client got nothing.
    boolean failed(int i) {
        return failed[i];
    }
}
