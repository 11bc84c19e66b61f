package dev.changeover.benchmarks.toxiproxy;

import org.HdrHistogram.Histogram;

/// How long frames were under way, from their sending to their arrival.
final class Arrivals {

    private static final int DIGITS = 4;

    private Histogram nanos = new Histogram(DIGITS);

    synchronized void arrived(long sentNanos) {
        nanos.recordValue(Math.max(0, System.nanoTime() - sentNanos));
    }

    synchronized long count() {
        return nanos.getTotalCount();
    }

    /// What came since the last time.
    synchronized Histogram take() {
        Histogram taken = nanos;
        nanos = new Histogram(DIGITS);
        return taken;
    }
}
