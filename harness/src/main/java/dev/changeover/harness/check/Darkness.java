package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Scenario;
import java.util.OptionalLong;

/// Whether faults that let nothing through did so: by the ledger, which knows what got through.
final class Darkness {

    /// What was on its way when the fault came, or comes while it is being lifted, proves nothing.
    private static final long EDGE_NANOS = 1_000_000_000;

    private Darkness() {}

    /// Calls that arrived at the provider while the fault kept everything from it, a second after it came or later,
    /// and a second before it went or earlier; none where the fault lets calls through.
    static long leaks(Scenario scenario, History history, FaultTimes.Window fault) {
        if (fault.index() >= scenario.faults().size()
                || !scenario.faults().get(fault.index()).effect().isDark()) {
            return 0;
        }
        return history.ledger().stream()
                .filter(call -> call.arm() == fault.on() && isInside(fault, call))
                .count();
    }

    private static boolean isInside(FaultTimes.Window fault, Event.UpstreamCall call) {
        long arrived = call.timing().dueNanos();
        return fault.turns().stream()
                .anyMatch(turn ->
                        arrived > turn.fromNanos() + EDGE_NANOS && arrived < end(turn.untilNanos()) - EDGE_NANOS);
    }

    private static long end(OptionalLong untilNanos) {
        return untilNanos.orElse(Long.MAX_VALUE);
    }
}
