package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;

/// Drops all data; closes when nothing came for the timeout, never when that is zero; an end closes at once.
///
/// Taken away it closes too: the bytes that it swallowed are missing, so the stream must not go on.
final class TimeoutStage implements Stage {

    private final Site site;
    private Toxic.Timeout timeout;
    private boolean swallowed;
    private Runnable cancelTimer = () -> {};

    TimeoutStage(Toxic.Timeout timeout, Site site) {
        this.timeout = timeout;
        this.site = site;
        restart();
    }

    private void restart() {
        cancelTimer.run();
        if (timeout.after().isPositive()) {
            cancelTimer = site.schedule(timeout.after().toNanos(), site::close);
        }
    }

    @Override
    public void data(ByteBuf chunk) {
        chunk.release();
        swallowed = true;
        site.touched();
        restart();
    }

    @Override
    public void end(Ending how) {
        site.close();
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void update(Toxic toxic) {
        timeout = (Toxic.Timeout) toxic;
        restart();
    }

    @Override
    public void removed() {
        cancelTimer.run();
        site.close();
    }

    /// A connection that has lost nothing goes on: clients add a toxic first and lower its toxicity then.
    @Override
    public void spared() {
        cancelTimer.run();
        if (swallowed) {
            site.close();
        }
    }

    @Override
    public void discard() {
        cancelTimer.run();
    }
}
