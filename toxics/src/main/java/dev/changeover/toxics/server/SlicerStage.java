package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;

/// Cuts chunks into slices of about one size, sends each by itself, and pauses after each.
///
/// Pauses count from when the slice was due, so a late timer does not slow the whole.
final class SlicerStage implements Stage {

    private final Site site;
    private final Backlog held = new Backlog();
    private Toxic.Slicer slicer;
    private long sliceDueNanos;
    private boolean pausing;
    private Runnable cancelTimer = () -> {};

    SlicerStage(Toxic.Slicer slicer, Site site) {
        this.slicer = slicer;
        this.site = site;
    }

    @Override
    public void data(ByteBuf chunk) {
        site.touched();
        held.add(chunk);
        if (!pausing) {
            sliceDueNanos = site.nanos();
            passSlices();
        }
    }

    private void passSlices() {
        while (!held.isEmpty() && !pausing) {
            cutFirst();
            ByteBuf slice = held.take(Long.MAX_VALUE);
            pause();
            site.next().data(slice);
            site.passedOn();
        }
        if (!pausing) {
            held.passEnd(site.next());
        }
    }

    /// Halves the first chunk, not quite in the middle, until its beginning is a slice.
    private void cutFirst() {
        long longest = slicer.averageSize() + slicer.sizeVariation();
        while (slicer.averageSize() > 0 && held.firstSize() > longest) {
            int variation = (int) slicer.sizeVariation();
            int offset = variation == 0 ? 0 : site.random().nextInt(-variation, variation);
            held.cutFirst(held.firstSize() / 2 + offset);
        }
    }

    private void pause() {
        pausing = slicer.delay().isPositive();
        if (pausing) {
            long leftNanos = sliceDueNanos + slicer.delay().toNanos() - site.nanos();
            cancelTimer = site.schedule(Math.max(0, leftNanos), this::pauseOver);
        }
    }

    private void pauseOver() {
        pausing = false;
        long delayNanos = slicer.delay().toNanos();
        sliceDueNanos = Math.max(sliceDueNanos + delayNanos, site.nanos() - delayNanos);
        passSlices();
    }

    @Override
    public void end(Ending how) {
        held.end(how);
        if (!pausing) {
            held.passEnd(site.next());
        }
    }

    @Override
    public boolean hasRoom() {
        return held.isEmpty();
    }

    /// What is held is cut by the new sizes, and a pause under way takes as long as the new one.
    @Override
    public void update(Toxic toxic) {
        slicer = (Toxic.Slicer) toxic;
        cancelTimer.run();
        if (pausing) {
            pause();
        }
        passSlices();
    }

    @Override
    public void removed() {
        cancelTimer.run();
        pausing = false;
        held.passAll(site.next());
        site.passedOn();
    }

    @Override
    public void discard() {
        cancelTimer.run();
        held.discard();
    }
}
