package dev.changeover.benchmarks.toxiproxy;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// As many bytes as go through some connections in one direction: megabytes a second.
///
/// @param service SOURCE for downstream, SINK for upstream
/// @param counted by whoever takes the bytes: the upstream's sink, or the clients
record Flood(Net clients, Service service, AtomicLong counted, int connections, Duration length) implements Load {

    private static final Duration SETTLING = Duration.ofMillis(100);

    @Override
    public Measured on(Way way) throws InterruptedException {
        List<Channel> open = new ArrayList<>();
        long atFirst = counted.get();
        try {
            for (int i = 0; i < connections; i++) {
                open.add(clients.connect(
                                way.port(service),
                                service == Service.SOURCE ? new Upstream.Sink(counted) : new Upstream.Source())
                        .syncUninterruptibly()
                        .channel());
            }
            Thread.sleep(SETTLING);
            long startNanos = System.nanoTime();
            long before = counted.get();
            Thread.sleep(length);
            double bytes = counted.get() - before;
            double megabytesPerSecond = bytes * 1e3 / (System.nanoTime() - startNanos);
            return new Measured((counted.get() - atFirst) / 1e6, megabytesPerSecond);
        } finally {
            open.forEach(c -> c.close().syncUninterruptibly());
        }
    }
}
