package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.units.Arm;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// When the gateway's breakers or health checks kept a provider out, by what it told.
final class Disturbances {

    private record Watcher(Event.Transition.Kind kind, Arm arm) {}

    private final Map<Arm, TreeMap<Long, Integer>> out = new EnumMap<>(Arm.class);

    Disturbances(History history) {
        Map<Watcher, Boolean> states = new HashMap<>();
        Map<Arm, Integer> counts = new EnumMap<>(Arm.class);
        for (Event.Transition step : history.transitions()) {
            Watcher watcher = new Watcher(step.kind(), step.arm());
            boolean isOut = step.keepsOut();
            boolean wasOut = Boolean.TRUE.equals(states.put(watcher, isOut));
            int change = (isOut ? 1 : 0) - (wasOut ? 1 : 0);
            int count = counts.merge(step.arm(), change, Integer::sum);
            out.computeIfAbsent(step.arm(), _ -> new TreeMap<>()).put(step.atNanos(), count);
        }
    }

    /// Whether a provider was kept out at some time of these.
    boolean any(long fromNanos, long toNanos) {
        return out.values().stream().anyMatch(steps -> {
            var before = steps.floorEntry(fromNanos);
            boolean alreadyOut = before != null && before.getValue() > 0;
            return alreadyOut
                    || fromNanos < toNanos
                            && !steps.subMap(fromNanos, false, toNanos, true).isEmpty();
        });
    }
}
