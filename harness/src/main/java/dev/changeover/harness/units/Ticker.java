package dev.changeover.harness.units;

/// A monotonic clock of the run: nanoseconds since t0, when the first request is due. Negative during the warm-up.
@FunctionalInterface
public interface Ticker {

    long nanos();

    /// A clock whose t0 is the given `System.nanoTime()`.
    static Ticker since(long t0SystemNanos) {
        return () -> System.nanoTime() - t0SystemNanos;
    }
}
