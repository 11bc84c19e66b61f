package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Optional;

/// Delays each chunk from its own arrival, so that the gaps between chunks survive; keeps their order.
///
/// A bare end is not delayed; an end behind data waits for it.
final class LatencyStage implements Stage {

    private static final int MAX_HELD_CHUNKS = 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Site site;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private Optional<Ending> heldEnding = Optional.empty();
    private Toxic.Latency latency;
    private Runnable cancelTimer = () -> {};

    LatencyStage(Toxic.Latency latency, Site site) {
        this.latency = latency;
        this.site = site;
    }

    @Override
    public void data(ByteBuf chunk) {
        site.touched();
        long now = site.nanos();
        held.add(hold(chunk, now));
        if (held.size() == 1) {
            waitForFirst(now);
        }
    }

    private Held hold(ByteBuf chunk, long arrivedNanos) {
        long due = arrivedNanos + delayNanos();
        return new Held(
                chunk,
                arrivedNanos,
                held.isEmpty() ? due : Math.max(due, held.getLast().dueNanos()));
    }

    private long delayNanos() {
        long jitter = latency.jitter().toMillis();
        long millis =
                latency.added().toMillis() + (jitter == 0 ? 0 : site.random().nextLong(-jitter, jitter));
        return Math.max(0, millis) * NANOS_PER_MILLI;
    }

    private void waitForFirst(long now) {
        cancelTimer = site.schedule(Math.max(0, held.getFirst().dueNanos() - now), this::passDue);
    }

    private void passDue() {
        long now = site.nanos();
        while (!held.isEmpty() && held.getFirst().dueNanos() <= now) {
            site.next().data(held.removeFirst().chunk());
        }
        if (held.isEmpty()) {
            heldEnding.ifPresent(site.next()::end);
        } else {
            waitForFirst(now);
        }
        site.passedOn();
    }

    @Override
    public void end(Ending how) {
        if (held.isEmpty()) {
            site.next().end(how);
        } else {
            heldEnding = Optional.of(how);
        }
    }

    @Override
    public boolean hasRoom() {
        return held.size() < MAX_HELD_CHUNKS;
    }

    /// What is held is timed anew from its arrival: a delay made shorter is felt at once.
    @Override
    public void update(Toxic toxic) {
        latency = (Toxic.Latency) toxic;
        cancelTimer.run();
        Held[] before = held.toArray(Held[]::new);
        held.clear();
        for (Held chunk : before) {
            held.add(hold(chunk.chunk(), chunk.arrivedNanos()));
        }
        if (!held.isEmpty()) {
            waitForFirst(site.nanos());
        }
    }

    @Override
    public void removed() {
        cancelTimer.run();
        boolean wasHolding = !held.isEmpty();
        while (!held.isEmpty()) {
            site.next().data(held.removeFirst().chunk());
        }
        if (wasHolding) {
            heldEnding.ifPresent(site.next()::end);
        }
        site.passedOn();
    }

    @Override
    public void discard() {
        cancelTimer.run();
        held.forEach(h -> h.chunk().release());
        held.clear();
        heldEnding = Optional.empty();
    }

    private record Held(ByteBuf chunk, long arrivedNanos, long dueNanos) {}
}
