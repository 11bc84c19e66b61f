package dev.changeover.benchmarks.toxiproxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Many connections that are open end to end and say nothing: the server's resident memory in MB, and its threads.
record IdleConnections(Net clients, int connections) implements Load {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @Override
    public double[] on(Way way) throws InterruptedException {
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
            long pid = way.pid().orElseThrow();
            return new double[] {status(pid, "VmRSS") / 1e3, status(pid, "Threads")};
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

    private static double status(long pid, String field) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith(field + ":"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
