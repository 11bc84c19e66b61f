package dev.changeover.toxics.server;

import dev.changeover.toxics.server.Outlet.Ending;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Optional;

/// Chunks that wait, in order, and the end of the stream behind them.
final class Backlog {

    private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>();
    private Optional<Ending> ending = Optional.empty();
    private long bytes;

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    void add(ByteBuf chunk) {
        chunks.add(chunk);
        bytes += chunk.readableBytes();
    }

    /// Nothing is added after it.
    void end(Ending how) {
        ending = Optional.of(how);
    }

    int firstSize() {
        return chunks.getFirst().readableBytes();
    }

    /// Takes so many bytes off the first chunk, or all of it.
    ByteBuf take(long size) {
        ByteBuf first = chunks.getFirst();
        bytes -= Math.min(size, first.readableBytes());
        return size < first.readableBytes() ? first.readRetainedSlice((int) size) : chunks.removeFirst();
    }

    /// Cuts the first chunk in two, this many bytes being the first of them.
    void cutFirst(int size) {
        chunks.addFirst(chunks.getFirst().readRetainedSlice(size));
    }

    /// Passes the end on, if it is there and nothing waits before it.
    void passEnd(Outlet to) {
        if (chunks.isEmpty()) {
            Optional<Ending> due = ending;
            ending = Optional.empty();
            due.ifPresent(to::end);
        }
    }

    void passAll(Outlet to) {
        while (!chunks.isEmpty()) {
            to.data(take(Long.MAX_VALUE));
        }
        passEnd(to);
    }

    void discard() {
        chunks.forEach(ByteBuf::release);
        chunks.clear();
        bytes = 0;
        ending = Optional.empty();
    }
}
