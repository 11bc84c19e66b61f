package dev.changeover.harness.rehearsal;

import com.sun.management.OperatingSystemMXBean;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.units.Ticker;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// Watches the harness itself: a thread that only sleeps, and notes how late it woke (after jHiccup), and once a
/// second the CPU and the heap.
final class VitalsMonitor implements AutoCloseable {

    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Ticker clock;
    private final EventSink events;
    private final IntSupplier inFlight;
    private final Runnable everySecond;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Background background = new Background("vitals", this::watch);

    /// @param everySecond called after each second's event
    VitalsMonitor(Ticker clock, EventSink events, IntSupplier inFlight, Runnable everySecond) {
        this.clock = clock;
        this.events = events;
        this.inFlight = inFlight;
        this.everySecond = everySecond;
    }

    void start() {
        background.start();
    }

    @Override
    public void close() {
        background.close();
    }

    private void watch() throws InterruptedException {
        long longest = 0;
        long told = clock.nanos();
        try {
            while (true) {
                long before = clock.nanos();
                TimeUnit.NANOSECONDS.sleep(NAP_NANOS);
                long now = clock.nanos();
                longest = Math.max(longest, now - before - NAP_NANOS);
                if (now - told >= EVERY_NANOS) {
                    tell(now, longest);
                    everySecond.run();
                    longest = 0;
                    told = now;
                }
            }
        } finally {
            tell(clock.nanos(), longest);
        }
    }

    private void tell(long now, long longestPause) {
        events.accept(new Event.Vitals(
                now,
                known(system.getProcessCpuLoad()),
                known(system.getCpuLoad()),
                longestPause,
                usedHeap(),
                inFlight.getAsInt()));
    }

    /// The bean answers a negative number, or none at all, while it does not know yet.
    private static double known(double load) {
        return load > 0 ? load : 0;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
