package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;

/// Counts a connection's bytes, cuts the chunk that goes past the limit, and ends the stream in order there.
final class LimitDataStage implements Stage {

    private final Site site;
    private Toxic.LimitData limit;
    private long passed;

    LimitDataStage(Toxic.LimitData limit, Site site) {
        this.limit = limit;
        this.site = site;
    }

    @Override
    public void data(ByteBuf chunk) {
        long left = Math.max(0, limit.bytes() - passed);
        int size = chunk.readableBytes();
        if (size < left) {
            passed += size;
            site.next().data(chunk);
        } else {
            site.touched();
            site.next().data(chunk.writerIndex(chunk.readerIndex() + (int) left));
            site.endAndClose();
        }
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
        limit = (Toxic.LimitData) toxic;
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
