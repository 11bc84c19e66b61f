package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Why a fault met nothing: a gateway that had turned away from the provider before it came could not meet it.
final class TurnedAway {

    private TurnedAway() {}

    /// A sentence, or nothing where the provider had its traffic.
    static String before(FaultSummary fault, History history) {
        Map<Event.Transition.Kind, Event.Transition> last = new EnumMap<>(Event.Transition.Kind.class);
        history.transitions().stream()
                .filter(step -> step.arm().word().equals(fault.on()))
                .filter(step -> step.atNanos() / 1e6 <= fault.fromMillis())
                .forEach(step -> last.put(step.kind(), step));
        return last.values().stream()
                .filter(Event.Transition::keepsOut)
                .findFirst()
                .map(step -> String.format(
                        Locale.ROOT,
                        " The gateway had turned away from %s at %.1f s, before the fault.",
                        fault.on(),
                        step.atNanos() / 1e9))
                .orElse("");
    }
}
