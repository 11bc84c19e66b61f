package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One direction of a connection: bytes from its source through the slots of its toxics to its sink.
///
/// The source is read only while the sink and all stages have room, so nothing here grows without bound.
/// Confined to the connection's event loop.
final class Link {

    /// What the real server reads at once; without toxics nobody sees the difference.
    private static final int MAX_TOXIC_CHUNK = 32 * 1024;

    private final Connection connection;
    private final Direction direction;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Long> touched;
    private final ArrayDeque<ByteBuf> early = new ArrayDeque<>();
    private final Outlet tail = new Tail();
    private Optional<SocketChannel> source = Optional.empty();
    private Optional<SocketChannel> sink = Optional.empty();
    private Optional<Outlet.Ending> earlyEnding = Optional.empty();
    private boolean sourceEnded;
    private boolean finished;
    private boolean unflushed;
    private long bytes;
    private long sentBytes;

    /// @param touched where the counts of this link's toxics are added up
    Link(Connection connection, Direction direction, Map<String, Long> touched) {
        this.connection = connection;
        this.direction = direction;
        this.touched = touched;
    }

    Connection connection() {
        return connection;
    }

    EventLoop loop() {
        return connection.loop();
    }

    Direction direction() {
        return direction;
    }

    /// Bytes received from the source.
    long bytes() {
        return bytes;
    }

    /// Bytes handed to the sink.
    long sentBytes() {
        return sentBytes;
    }

    /// Adds what its toxics have touched, and are not yet removed, to the counts.
    void countInForce(Map<String, Long> counts) {
        slots.forEach(slot -> count(slot, counts));
    }

    boolean finished() {
        return finished;
    }

    /// Joins both ends; from now on bytes flow.
    void join(SocketChannel from, SocketChannel to) {
        source = Optional.of(from);
        sink = Optional.of(to);
        while (!early.isEmpty()) {
            tail.data(early.removeFirst());
        }
        earlyEnding.ifPresent(tail::end);
        flush();
        adjustReading();
    }

    void add(NamedToxic toxic) {
        if (finished) {
            return;
        }
        Slot slot = new Slot(this, toxic, connection.seed(), tail);
        if (!slots.isEmpty()) {
            slots.getLast().leadsTo(slot);
        }
        slots.add(slot);
        slot.apply(toxic);
    }

    void update(NamedToxic toxic) {
        slots.stream().filter(s -> s.name().equals(toxic.name())).toList().forEach(s -> s.apply(toxic));
    }

    void remove(String name) {
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.name().equals(name)) {
                if (i > 0) {
                    slots.get(i - 1).leadsTo(slot.next());
                }
                slots.remove(i);
                countTouched(slot);
                slot.removed();
                return;
            }
        }
    }

    /// Ends the stream behind what this slot has passed on, and closes the connection there: what waits before the
    /// slot, and what is still to come, is lost.
    void cutBehind(Slot slot) {
        int place = slots.indexOf(slot);
        if (place < 0) {
            return;
        }
        sourceEnded = true;
        List<Slot> lost = slots.subList(0, place + 1);
        lost.forEach(this::countTouched);
        lost.forEach(Slot::discard);
        lost.clear();
        slot.next().end(Outlet.Ending.CLOSE);
    }

    void received(ByteBuf chunk) {
        bytes += chunk.readableBytes();
        while (!sourceEnded && !slots.isEmpty() && chunk.readableBytes() > MAX_TOXIC_CHUNK) {
            head().data(chunk.readRetainedSlice(MAX_TOXIC_CHUNK));
        }
        if (sourceEnded) {
            chunk.release();
            return;
        }
        head().data(chunk);
        adjustReading();
    }

    void sourceEnded(Outlet.Ending how) {
        if (!sourceEnded) {
            sourceEnded = true;
            head().end(how);
        }
    }

    /// Nobody takes this direction's bytes any more.
    void discard() {
        finished = true;
        sourceEnded = true;
        slots.forEach(this::countTouched);
        slots.forEach(Slot::discard);
        slots.clear();
        early.forEach(ByteBuf::release);
        early.clear();
    }

    private void countTouched(Slot slot) {
        count(slot, touched);
    }

    private static void count(Slot slot, Map<String, Long> counts) {
        if (slot.touchedChunks() > 0) {
            counts.merge(slot.name(), slot.touchedChunks(), Long::sum);
        }
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            sink.ifPresent(SocketChannel::flush);
        }
    }

    void adjustReading() {
        if (source.isPresent() && !finished) {
            boolean room = !sourceEnded && sink.isPresent() && sink.get().isWritable();
            for (int i = 0; room && i < slots.size(); i++) {
                room = slots.get(i).hasRoom();
            }
            if (source.get().config().isAutoRead() != room) {
                source.get().config().setAutoRead(room);
            }
        }
    }

    private Outlet head() {
        return slots.isEmpty() ? tail : slots.getFirst();
    }

    /// The socket at the end of the link, once it is there.
    private final class Tail implements Outlet {

        @Override
        public void data(ByteBuf chunk) {
            if (finished) {
                chunk.release();
            } else if (sink.isEmpty()) {
                early.add(chunk);
            } else {
                sentBytes += chunk.readableBytes();
                sink.get().write(chunk, sink.get().voidPromise());
                unflushed = true;
            }
        }

        @Override
        public void end(Ending how) {
            if (finished) {
                return;
            }
            if (sink.isEmpty()) {
                earlyEnding = Optional.of(how);
                return;
            }
            unflushed = false;
            sink.get().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> connection.ended(Link.this, how));
        }
    }
}
