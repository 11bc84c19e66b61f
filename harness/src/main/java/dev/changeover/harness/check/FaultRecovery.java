package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.Selection;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.time.Duration;
import java.util.List;

/// Recovery from each fault, by the requests that were due from then on and that no later fault spoilt.
final class FaultRecovery {

    private final Scenario scenario;
    private final FaultTimes faults;
    private final List<Event.Request> byDue;
    private final long endNanos;

    FaultRecovery(Scenario scenario, History history, FaultTimes faults) {
        this.scenario = scenario;
        this.faults = faults;
        this.byDue = Selection.by(history.requests(), r -> r.timing().dueNanos());
        this.endNanos = RunSpan.nanos(history);
    }

    Recovery from(FaultTimes.Window fault) {
        if (scenario.objectives().errorRate().isEmpty()) {
            return Recovery.UNKNOWN;
        }
        long until = faults.until(fault, endNanos);
        DueWindows windows = new DueWindows(fault.inForceNanos());
        for (int i = firstDue(fault.inForceNanos()); i < byDue.size(); i++) {
            Event.Request request = byDue.get(i);
            long due = request.timing().dueNanos();
            if (due >= until) {
                break;
            }
            if (answerable(request.outcome()) && !spoiltLater(request, until)) {
                windows.add(due, !Counts.withinObjectives(request, scenario.objectives()));
            }
        }
        return Recovery.of(
                windows.until(until),
                fault.inForceNanos(),
                scenario.objectives().errorRate().get().value());
    }

    /// Whether it was still on its way, and in time, when what comes next struck: then that is what it tells of.
    private boolean spoiltLater(Event.Request request, long until) {
        long latest = scenario.objectives().latency().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        return until < endNanos
                && request.timing().doneNanos() >= until
                && until - request.timing().dueNanos() <= latest;
    }

    private static boolean answerable(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Served _ -> true;
            case Outcome.Cancelled _ -> false;
            case Outcome.Failed(var kind) -> kind != ErrorKind.BAD_REQUEST;
        };
    }

    private int firstDue(long nanos) {
        int low = 0;
        int high = byDue.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byDue.get(middle).timing().dueNanos() < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
