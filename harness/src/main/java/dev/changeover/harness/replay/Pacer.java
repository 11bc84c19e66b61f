package dev.changeover.harness.replay;

import dev.changeover.harness.units.Ticker;
import java.util.concurrent.locks.LockSupport;

/// Holds one thread until a moment of the run's clock, or until told to give up. An interrupt gives up too
/// and stays set.
final class Pacer {

    private final Ticker ticker;
    private volatile boolean givenUp;
    private volatile Thread held;

    Pacer(Ticker ticker) {
        this.ticker = ticker;
    }

    /// @return false when it gave up before that moment
    boolean awaitUntil(long nanos) {
        held = Thread.currentThread();
        try {
            while (!givenUp && !Thread.currentThread().isInterrupted()) {
                long remaining = nanos - ticker.nanos();
                if (remaining <= 0) {
                    return true;
                }
                LockSupport.parkNanos(this, remaining);
            }
            return false;
        } finally {
            held = null;
        }
    }

    void giveUp() {
        givenUp = true;
        LockSupport.unpark(held);
    }

    boolean hasGivenUp() {
        return givenUp;
    }
}
