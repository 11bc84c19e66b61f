package dev.changeover.benchmarks.toxiproxy;

import dev.changeover.benchmarks.common.ProcStatus;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Many connections that are open end to end and say nothing: the server's resident memory in MB, and its threads.
record IdleConnections(Net clients, int connections) implements Load {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @Override
    public Measured on(Way way) throws InterruptedException {
        Arrivals arrivals = new Arrivals();
        List<ChannelFuture> opening = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            opening.add(clients.connect(way.port(Service.ECHO), new Frames(arrivals)));
        }
        List<Channel> open =
                opening.stream().map(o -> o.syncUninterruptibly().channel()).toList();
        try {
            for (Channel channel : open) {
                channel.writeAndFlush(Frames.sentNow(channel.alloc()), channel.voidPromise());
            }
            awaitAll(arrivals);
            ProcStatus server = way.server().orElseThrow();
            return new Measured(connections, server.field("VmRSS") / 1e3, server.field("Threads"));
        } finally {
            open.forEach(Channel::close);
            open.forEach(c -> c.closeFuture().syncUninterruptibly());
        }
    }

    private void awaitAll(Arrivals arrivals) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (arrivals.count() < connections) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%d of %d connections are open end to end".formatted(arrivals.count(), connections));
            }
            Thread.sleep(10);
        }
    }
}
