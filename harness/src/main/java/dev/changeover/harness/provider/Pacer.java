package dev.changeover.harness.provider;

import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/// Wakes many answers at absolute times with one timer, so that a late timer delays nothing but itself. One event
/// loop only.
final class Pacer {

    private static final long MILLI = 1_000_000;

    private final Vertx vertx;
    private final LongSupplier clock;
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Comparator.comparingLong(Wake::atNanos));
    private long timer = -1;
    private long timerAtNanos;

    /// @param clock nanoseconds, monotonic, never negative
    Pacer(Vertx vertx, LongSupplier clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    private record Wake(long atNanos, Runnable action) {}

    void at(long nanos, Runnable action) {
        wakes.add(new Wake(nanos, action));
        arm();
    }

    private void arm() {
        if (wakes.isEmpty()) {
            return;
        }
        long next = wakes.peek().atNanos();
        if (timer >= 0 && timerAtNanos <= next) {
            return;
        }
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        timerAtNanos = next;
        timer = vertx.setTimer(Math.max(1, Math.ceilDiv(next - clock.getAsLong(), MILLI)), _ -> wake());
    }

    private void wake() {
        timer = -1;
        long now = clock.getAsLong();
        while (!wakes.isEmpty() && wakes.peek().atNanos() <= now) {
            wakes.poll().action().run();
        }
        arm();
    }
}
