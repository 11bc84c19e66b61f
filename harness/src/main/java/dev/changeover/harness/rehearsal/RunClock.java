package dev.changeover.harness.rehearsal;

import dev.changeover.harness.units.Ticker;
import java.time.Duration;

/// The run's one clock. Until it is started it stands at its own beginning, far before t0.
public final class RunClock implements Ticker {

    private volatile long t0SystemNanos =
            System.nanoTime() + Duration.ofHours(1).toNanos();

    /// Sets t0 to this long from now.
    void startIn(Duration untilT0) {
        t0SystemNanos = System.nanoTime() + untilT0.toNanos();
    }

    @Override
    public long nanos() {
        return System.nanoTime() - t0SystemNanos;
    }

    /// A reading of `System.nanoTime()`, on this clock.
    long of(long systemNanos) {
        return systemNanos - t0SystemNanos;
    }
}
