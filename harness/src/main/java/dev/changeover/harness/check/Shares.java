package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import java.util.Map;
import java.util.TreeMap;

/// The share of the traffic that the new provider was to get, at every moment.
final class Shares {

    private final double before;
    private final TreeMap<Long, Double> inForce = new TreeMap<>();
    private final TreeMap<Long, Double> asked = new TreeMap<>();

    Shares(Scenario scenario, History history) {
        this.before = scenario.gateway() instanceof Gateway.Reference gateway
                ? gateway.split().map(split -> split.toNew().value()).orElse(0.0)
                : 0;
        for (Event.Weight weight : history.change().weights()) {
            if (weight.cause() != Event.WeightCause.RESTORE) {
                switch (weight.step()) {
                    case ASKED -> asked.put(weight.atNanos(), weight.toNew());
                    case IN_FORCE -> inForce.put(weight.atNanos(), weight.toNew());
                    case FAILED -> {}
                }
            }
        }
    }

    /// Since when the share has been what it is then; long ago if it never changed before.
    long sinceNanos(long nanos) {
        Long last = inForce.floorKey(nanos);
        return last == null ? Long.MIN_VALUE : last;
    }

    /// Whether the gateway had no choice at a time, or had been told to have none from then on: it takes a weight a
    /// little before it says so.
    boolean allTo(Arm arm, long nanos) {
        double wanted = arm == Arm.NEW ? 1 : 0;
        Map.Entry<Long, Double> told = asked.floorEntry(nanos);
        boolean onItsWay = told != null && told.getValue() == wanted && sinceNanos(nanos) < told.getKey();
        return at(nanos) == wanted || onItsWay;
    }

    double at(long nanos) {
        Map.Entry<Long, Double> last = inForce.floorEntry(nanos);
        return last == null ? before : last.getValue();
    }

    /// Whether it was changed after the one and until the other.
    boolean changed(long fromNanos, long toNanos) {
        return fromNanos < toNanos
                && !inForce.subMap(fromNanos, false, toNanos, true).isEmpty();
    }
}
