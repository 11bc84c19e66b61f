package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// Passes data on and holds the end of stream back.
final class SlowCloseStage implements Stage {

    private final Site site;
    private Toxic.SlowClose slow;
    private Optional<Ending> held = Optional.empty();
    private Runnable cancelTimer = () -> {};

    SlowCloseStage(Toxic.SlowClose slow, Site site) {
        this.slow = slow;
        this.site = site;
    }

    @Override
    public void data(ByteBuf chunk) {
        site.next().data(chunk);
    }

    @Override
    public void end(Ending how) {
        site.touched();
        held = Optional.of(how);
        startTimer();
    }

    private void startTimer() {
        cancelTimer.run();
        cancelTimer = site.schedule(slow.delay().toNanos(), this::pass);
    }

    private void pass() {
        Optional<Ending> ending = held;
        held = Optional.empty();
        ending.ifPresent(site.next()::end);
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    /// An end that is held waits the new delay from now on.
    @Override
    public void update(Toxic toxic) {
        slow = (Toxic.SlowClose) toxic;
        if (held.isPresent()) {
            startTimer();
        }
    }

    @Override
    public void removed() {
        cancelTimer.run();
        pass();
    }

    @Override
    public void discard() {
        cancelTimer.run();
        held = Optional.empty();
    }
}
