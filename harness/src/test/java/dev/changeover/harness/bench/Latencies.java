package dev.changeover.harness.bench;

import dev.changeover.harness.history.Event;
import java.util.Arrays;

/// What one way took, the warm-up left out. Filled from one thread.
final class Latencies {

    private final long[] sentNanos;
    private final long[] dueNanos;
    private int count;

    Latencies(int most) {
        sentNanos = new long[most];
        dueNanos = new long[most];
    }

    /// What was due before t0, and what was not served, does not count.
    void accept(Event event) {
        if (event instanceof Event.Request request
                && request.timing().dueNanos() >= 0
                && request.outcome().isServed()) {
            sentNanos[count] = request.timing().serviceNanos();
            dueNanos[count] = request.timing().latencyNanos();
            count++;
        }
    }

    int served() {
        return count;
    }

    /// From when it was sent.
    double sentMillis(double quantile) {
        return millis(quantile, sentNanos);
    }

    /// From when it was due: the client's own lateness included.
    double dueMillis(double quantile) {
        return millis(quantile, dueNanos);
    }

    private double millis(double quantile, long[] nanos) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(quantile * count) - 1] / 1e6;
    }
}
