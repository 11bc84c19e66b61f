package dev.changeover.harness.rollout;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// When the gateway's breakers or health checks kept a provider out, by what it told: then no coin was thrown, for
/// everything went to the other one.
final class KeptOut {

    private final Set<Arm> byBreaker = EnumSet.noneOf(Arm.class);
    private final Set<Arm> byHealth = EnumSet.noneOf(Arm.class);
    private final TreeMap<Long, Boolean> anyFrom = new TreeMap<>();

    void add(Event.Transition step) {
        Set<Arm> out = switch (step.kind()) {
            case BREAKER -> byBreaker;
            case HEALTH -> byHealth;
        };
        if (step.keepsOut()) {
            out.add(step.arm());
        } else {
            out.remove(step.arm());
        }
        anyFrom.put(step.atNanos(), !byBreaker.isEmpty() || !byHealth.isEmpty());
    }

    boolean any(long nanos) {
        Map.Entry<Long, Boolean> last = anyFrom.floorEntry(nanos);
        return last != null && last.getValue();
    }
}
