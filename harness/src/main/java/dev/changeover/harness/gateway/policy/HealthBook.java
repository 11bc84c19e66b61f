package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.units.Arm;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which providers look healthy: ill after a probe that failed, healthy after one that did not, healthy at first.
public final class HealthBook {

    /// Told of every change.
    @FunctionalInterface
    public interface Watcher {
        void changed(Arm arm, boolean healthy, long nowNanos);
    }

    private final Watcher watcher;
    private final Set<Arm> ill = EnumSet.noneOf(Arm.class);

    public HealthBook(Watcher watcher) {
        this.watcher = watcher;
    }

    /// A probe came back.
    public void probed(Arm arm, boolean good, long nowNanos) {
        boolean changed = good ? ill.remove(arm) : ill.add(arm);
        if (changed) {
            watcher.changed(arm, good, nowNanos);
        }
    }

    public boolean healthy(Arm arm) {
        return !ill.contains(arm);
    }

    /// The healthy ones of some arms, in their order; all of them when none is: probes that all fail must not turn
    /// everyone away.
    public List<Arm> usable(List<Arm> arms) {
        if (ill.isEmpty()) {
            return arms;
        }
        List<Arm> healthy = arms.stream().filter(this::healthy).toList();
        return healthy.isEmpty() ? arms : healthy;
    }
}
