package dev.changeover.benchmarks.toxiproxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Small frames at a steady rate over connections that are kept: p50 and p99 of their time, in microseconds.
///
/// @param service ECHO for there and back, ARRIVALS for there
/// @param arrivals where the service notes them; a fresh one for ECHO
/// @param expected taken off every time
record PacedFrames(
        Net clients,
        Service service,
        Arrivals arrivals,
        int connections,
        int framesPerSecond,
        Duration length,
        Duration expected)
        implements Load {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    @Override
    public Measured on(Way way) throws InterruptedException {
        List<ChannelHandlerContext> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Channel channel = clients.connect(way.port(service), new Frames(arrivals))
                    .syncUninterruptibly()
                    .channel();
            open.add(channel.pipeline().lastContext());
        }
        try {
            send(open, connections);
            arrivals.take();
            send(open, framesPerSecond * length.toMillis() / 1_000);
            Histogram nanos = arrivals.take();
            return new Measured(nanos.getTotalCount(), micros(nanos, 50), micros(nanos, 99));
        } finally {
            open.forEach(c -> c.close().syncUninterruptibly());
        }
    }

    private void send(List<ChannelHandlerContext> open, long frames) throws InterruptedException {
        new Pace(clients.loop(), open, framesPerSecond, frames).play();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (arrivals.count() < frames) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%d of %d frames arrived".formatted(arrivals.count(), frames));
            }
            Thread.sleep(1);
        }
    }

    private double micros(Histogram nanos, double percentile) {
        return (nanos.getValueAtPercentile(percentile) - expected.toNanos()) / 1e3;
    }
}
