package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How long after a fault was gone its provider had its traffic back.
final class Failback {

    private final Join join;
    private final ProviderShare share;
    private final long endNanos;

    Failback(History history, Join join, ProviderShare share) {
        this.join = join;
        this.share = share;
        this.endNanos = RunSpan.nanos(history);
    }

    /// Gone -> the first window in which the provider answers about as large a share as before the fault; empty
    /// when it had none before or nobody can tell.
    Optional<OptionalDouble> after(FaultTimes.Window fault) {
        OptionalLong gone = fault.goneNanos();
        double before = share.before(fault).orElse(0);
        if (gone.isEmpty() || before == 0) {
            return Optional.empty();
        }
        DueWindows windows = new DueWindows(gone.getAsLong());
        for (int i : share.byDue()) {
            Event.Request request = join.request(i);
            if (request.timing().dueNanos() >= gone.getAsLong() && !share.fromCache(i)) {
                windows.add(request.timing().dueNanos(), share.answeredBy(i, fault.on()));
            }
        }
        List<DueWindows.Window> after = windows.until(Math.max(endNanos, gone.getAsLong()));
        return after.isEmpty()
                ? Optional.empty()
                : Optional.of(after.stream()
                        .filter(window -> window.hits()
                                >= ProviderShare.BACK
                                        * before
                                        * share.planned(fault, window.fromNanos())
                                        * window.requests())
                        .mapToDouble(window -> (window.fromNanos() - gone.getAsLong()) / 1e6)
                        .findFirst());
    }
}
