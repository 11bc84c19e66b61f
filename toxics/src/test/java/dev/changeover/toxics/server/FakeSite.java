package dev.changeover.toxics.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// A connection in virtual time: what a stage passes on and does is written down, with the millisecond.
final class FakeSite implements Site {

    final List<String> seen = new ArrayList<>();
    int touched;
    long passedBytes;
    int flushes;

    private final RandomGenerator random;
    private final List<Timer> timers = new ArrayList<>();
    private long nanos;
    private long latenessNanos;
    private boolean onlyCounts;

    FakeSite(long seed) {
        random = new SplittableRandom(seed);
    }

    static ByteBuf chunk(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    /// As on a machine that has other things to do.
    void timersAreLateBy(Duration lateness) {
        latenessNanos = lateness.toNanos();
    }

    /// For more bytes than are worth writing down.
    void onlyCounts() {
        onlyCounts = true;
    }

    void advance(long millis) {
        long until = nanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            var due = timers.stream().filter(t -> t.dueNanos <= until).min(Comparator.comparingLong(Timer::dueNanos));
            if (due.isEmpty()) {
                nanos = until;
                return;
            }
            timers.remove(due.get());
            nanos = due.get().dueNanos;
            due.get().task.run();
        }
    }

    int timers() {
        return timers.size();
    }

    private void see(String what) {
        seen.add(TimeUnit.NANOSECONDS.toMillis(nanos) + " " + what);
    }

    @Override
    public Outlet next() {
        return new Outlet() {
            @Override
            public void data(ByteBuf chunk) {
                passedBytes += chunk.readableBytes();
                if (!onlyCounts) {
                    see(chunk.toString(StandardCharsets.UTF_8));
                }
                chunk.release();
            }

            @Override
            public void end(Ending how) {
                see(how.name());
            }
        };
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Runnable schedule(long delayNanos, Runnable task) {
        Timer timer = new Timer(nanos + delayNanos + latenessNanos, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void touched() {
        touched++;
    }

    @Override
    public void passedOn() {
        flushes++;
    }

    @Override
    public void endAndClose() {
        see("end and close");
    }

    @Override
    public void close() {
        see("close");
    }

    @Override
    public void reset() {
        see("reset");
    }

    private record Timer(long dueNanos, Runnable task) {}
}
