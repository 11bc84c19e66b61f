package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;

/// A line of so many bytes a second: each chunk comes out when its last byte is through, a long one in pieces.
///
/// The line's time runs by the bytes that it carried, so a late timer costs nothing: what follows comes sooner.
final class BandwidthStage implements Stage {

    private static final long MAX_HELD_BYTES = 256 * 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// What goes through in this time is the longest piece. A source that had to wait for room, and comes again within
    /// this time, was never idle.
    private static final long PIECE_MILLIS = 100;

    private final Site site;
    private final Backlog held = new Backlog();
    private Toxic.Bandwidth bandwidth;
    private long carriedNanos;
    private boolean sourceWaits;
    private Runnable cancelTimer = () -> {};

    BandwidthStage(Toxic.Bandwidth bandwidth, Site site) {
        this.bandwidth = bandwidth;
        this.site = site;
        this.carriedNanos = site.nanos();
    }

    @Override
    public void data(ByteBuf chunk) {
        site.touched();
        boolean wasIdle = held.isEmpty();
        held.add(chunk);
        if (wasIdle) {
            long now = site.nanos();
            if (!sourceWaits || now - carriedNanos > PIECE_MILLIS * NANOS_PER_MILLI) {
                carriedNanos = now;
            }
            carry(now);
        }
        sourceWaits = !hasRoom() || sourceWaits && held.isEmpty();
    }

    private void carry(long now) {
        while (!held.isEmpty() && kilobytesPerSecond() > 0) {
            long size = Math.min(held.firstSize(), kilobytesPerSecond() * PIECE_MILLIS);
            long throughNanos = carriedNanos + size * NANOS_PER_MILLI / kilobytesPerSecond();
            if (throughNanos > now) {
                cancelTimer = site.schedule(throughNanos - now, this::carryOn);
                return;
            }
            carriedNanos = throughNanos;
            site.next().data(held.take(size));
        }
        held.passEnd(site.next());
    }

    private void carryOn() {
        carry(site.nanos());
        site.passedOn();
    }

    /// Of 1,000 bytes: as many bytes a millisecond.
    private long kilobytesPerSecond() {
        return bandwidth.kilobytesPerSecond();
    }

    @Override
    public void end(Ending how) {
        held.end(how);
        held.passEnd(site.next());
    }

    @Override
    public boolean hasRoom() {
        return held.bytes() < MAX_HELD_BYTES;
    }

    /// What has gone into the line by now has gone; what is held goes on at the new rate.
    @Override
    public void update(Toxic toxic) {
        long before = kilobytesPerSecond();
        bandwidth = (Toxic.Bandwidth) toxic;
        cancelTimer.run();
        long now = site.nanos();
        if (kilobytesPerSecond() > 0) {
            double slower = (double) before / kilobytesPerSecond();
            carriedNanos = held.isEmpty() ? now : now - (long) ((now - carriedNanos) * slower);
        }
        carry(now);
        site.passedOn();
    }

    @Override
    public void removed() {
        cancelTimer.run();
        held.passAll(site.next());
        site.passedOn();
    }

    @Override
    public void discard() {
        cancelTimer.run();
        held.discard();
    }
}
