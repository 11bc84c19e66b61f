package dev.changeover.harness.replay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts exchanges: handed over and not over yet, and of those the ones in flight. Of any thread.
final class Tally {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Object allOver = new Object();

    void handed(int exchanges) {
        open.addAndGet(exchanges);
    }

    void begun() {
        inFlight.incrementAndGet();
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    /// Written down, or dropped before it was due.
    void over() {
        if (open.decrementAndGet() == 0) {
            synchronized (allOver) {
                allOver.notifyAll();
            }
        }
    }

    int inFlight() {
        return inFlight.get();
    }

    /// @return false when some were not over in time
    boolean awaitAllOver(long timeoutNanos) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        synchronized (allOver) {
            while (open.get() > 0) {
                long remaining = deadline - System.nanoTime();
                if (remaining <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(allOver, remaining);
            }
            return true;
        }
    }
}
