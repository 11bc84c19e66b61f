package dev.changeover.benchmarks.toxiproxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Sends frames over connections in turn, each when it is due, whether or not those before it have arrived.
final class Pace {

    private final EventLoop loop;
    private final List<ChannelHandlerContext> connections;
    private final long gapNanos;
    private final long frames;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private long startNanos;
    private long next;

    /// @param connections all on this loop
    Pace(EventLoop loop, List<ChannelHandlerContext> connections, int framesPerSecond, long frames) {
        this.loop = loop;
        this.connections = connections;
        this.gapNanos = TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
        this.frames = frames;
    }

    /// Returns when the last frame has been sent.
    void play() {
        loop.execute(() -> {
            startNanos = System.nanoTime();
            sendDue();
        });
        sent.join();
    }

    private void sendDue() {
        long now = System.nanoTime();
        while (next < frames && startNanos + next * gapNanos <= now) {
            ChannelHandlerContext connection = connections.get((int) (next % connections.size()));
            connection.writeAndFlush(Frames.sentNow(connection.alloc()), connection.voidPromise());
            next++;
        }
        if (next == frames) {
            sent.complete(null);
        } else {
            loop.schedule(this::sendDue, startNanos + next * gapNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }
}
