package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import java.util.OptionalDouble;

/// How long it took until the gateway turned to another provider.
final class Detection {

    private final History history;
    private final FaultTimes faults;
    private final Join join;
    private final ProviderShare share;

    Detection(History history, FaultTimes faults, Join join, ProviderShare share) {
        this.history = history;
        this.faults = faults;
        this.join = join;
        this.share = share;
    }

    /// In force -> first call to another provider for a request that was due later, before another fault.
    /// Nothing for a provider that answered none of the requests before: others were called anyway.
    OptionalDouble millis(FaultTimes.Window fault) {
        OptionalDouble before = share.before(fault);
        if (before.isPresent() && before.getAsDouble() == 0) {
            return OptionalDouble.empty();
        }
        long until = faults.until(fault, RunSpan.nanos(history));
        long first = Long.MAX_VALUE;
        for (Event.Attempt attempt : history.attempts()) {
            if (attempt.arm() != fault.on()
                    && attempt.startedNanos() < first
                    && join.dueOf(attempt.id()) >= fault.inForceNanos()) {
                first = attempt.startedNanos();
            }
        }
        for (int i = 0; i < join.size(); i++) {
            if (join.request(i).timing().dueNanos() >= fault.inForceNanos()) {
                for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
                    Event.UpstreamCall call = join.call(i, ordinal);
                    if (call.arm() != fault.on()) {
                        first = Math.min(first, call.timing().dueNanos());
                    }
                }
            }
        }
        return first >= until ? OptionalDouble.empty() : OptionalDouble.of((first - fault.inForceNanos()) / 1e6);
    }
}
