package dev.changeover.harness.rollout;

import java.util.Map;
import java.util.TreeMap;

/// Which share of the traffic the new provider had, and since when.
final class Weights {

    private final TreeMap<Long, Double> since = new TreeMap<>();

    void inForce(double share, long atNanos) {
        since.put(atNanos, share);
    }

    /// 0 before the first.
    double at(long nanos) {
        Map.Entry<Long, Double> last = since.floorEntry(nanos);
        return last == null ? 0 : last.getValue();
    }
}
