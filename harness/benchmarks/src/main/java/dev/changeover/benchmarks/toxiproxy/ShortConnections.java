package dev.changeover.benchmarks.toxiproxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Opens connections, so many at a time; each sends a byte, waits for it to come back, and closes. Connections a
/// second.
record ShortConnections(Net clients, int atOnce, Duration length) implements Load {

    @Override
    public Measured on(Way way) throws InterruptedException {
        AtomicLong completed = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        CountDownLatch finished = new CountDownLatch(atOnce);
        long start = System.nanoTime();
        for (int i = 0; i < atOnce; i++) {
            new Chain(way.port(Service.ECHO), start + length.toNanos(), completed, failed, finished).next();
        }
        finished.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (failed.get() > 0) {
            throw new IllegalStateException("%d of %d connections failed on the way '%s'"
                    .formatted(failed.get(), failed.get() + completed.get(), way.name()));
        }
        return new Measured(completed.get(), completed.get() / seconds);
    }

    /// One connection after the other.
    private final class Chain {

        private final int port;
        private final long untilNanos;
        private final AtomicLong completed;
        private final AtomicLong failed;
        private final CountDownLatch finished;

        private Chain(int port, long untilNanos, AtomicLong completed, AtomicLong failed, CountDownLatch finished) {
            this.port = port;
            this.untilNanos = untilNanos;
            this.completed = completed;
            this.failed = failed;
            this.finished = finished;
        }

        private void next() {
            if (System.nanoTime() >= untilNanos) {
                finished.countDown();
                return;
            }
            clients.connect(port, new OneByte(this)).addListener((ChannelFuture connected) -> {
                if (!connected.isSuccess()) {
                    failed.incrementAndGet();
                    finished.countDown();
                }
            });
        }
    }

    private static final class OneByte extends ChannelInboundHandlerAdapter {

        private final Chain chain;
        private boolean cameBack;

        private OneByte(Chain chain) {
            this.chain = chain;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            ByteBuf one = context.alloc().directBuffer(1).writeByte(1);
            context.writeAndFlush(one, context.voidPromise());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ((ByteBuf) message).release();
            cameBack = true;
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            (cameBack ? chain.completed : chain.failed).incrementAndGet();
            chain.next();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
