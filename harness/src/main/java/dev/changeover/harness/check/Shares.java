package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import java.util.Map;
import java.util.TreeMap;

/// The share of the traffic that the new provider was to get, at every moment.
final class Shares {

    private final double before;
    private final TreeMap<Long, Double> inForce = new TreeMap<>();

    Shares(Scenario scenario, History history) {
        this.before = scenario.gateway() instanceof Gateway.Reference gateway
                ? gateway.split().map(split -> split.toNew().value()).orElse(0.0)
                : 0;
        for (Event.Weight weight : history.change().weights()) {
            if (weight.step() == Event.WeightStep.IN_FORCE && weight.cause() != Event.WeightCause.RESTORE) {
                inForce.put(weight.atNanos(), weight.toNew());
            }
        }
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
