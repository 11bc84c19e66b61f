package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;

/// Waits for the first data or end, drops it and what follows, and after the timeout resets the connection.
final class ResetPeerStage implements Stage {

    private final Site site;
    private Toxic.ResetPeer reset;
    private boolean struck;
    private Runnable cancelTimer = () -> {};

    ResetPeerStage(Toxic.ResetPeer reset, Site site) {
        this.reset = reset;
        this.site = site;
    }

    @Override
    public void data(ByteBuf chunk) {
        chunk.release();
        site.touched();
        strike();
    }

    @Override
    public void end(Ending how) {
        strike();
    }

    private void strike() {
        if (!struck) {
            struck = true;
            startTimer();
        }
    }

    private void startTimer() {
        cancelTimer.run();
        if (reset.after().isZero()) {
            site.reset();
        } else {
            cancelTimer = site.schedule(reset.after().toNanos(), site::reset);
        }
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void update(Toxic toxic) {
        reset = (Toxic.ResetPeer) toxic;
        if (struck) {
            startTimer();
        }
    }

    /// A connection that has lost bytes must not go on.
    @Override
    public void removed() {
        cancelTimer.run();
        if (struck) {
            site.reset();
        }
    }

    @Override
    public void discard() {
        cancelTimer.run();
    }
}
