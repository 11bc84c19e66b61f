package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;

/// Passes everything on.
final class NoopStage implements Stage {

    private final Site site;

    NoopStage(Site site) {
        this.site = site;
    }

    @Override
    public void data(ByteBuf chunk) {
        site.next().data(chunk);
    }

    @Override
    public void end(Ending how) {
        site.next().end(how);
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void update(Toxic toxic) {
        // it has no settings
    }

    @Override
    public void removed() {
        // nothing is held
    }

    @Override
    public void discard() {
        // nothing is held
    }
}
