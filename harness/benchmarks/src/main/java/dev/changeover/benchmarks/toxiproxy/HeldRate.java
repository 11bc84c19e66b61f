package dev.changeover.benchmarks.toxiproxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;

/// How far the rate of bytes on one connection is from the one that was asked for, in percent: the slope of the line
/// through all arrivals, so that it does not matter where in a burst the measuring begins and ends.
record HeldRate(Net clients, double bytesPerSecond, Duration length) implements Load {

    @Override
    public Measured on(Way way) throws InterruptedException {
        Line line = new Line();
        Channel channel = clients.connect(way.port(Service.SOURCE), line)
                .syncUninterruptibly()
                .channel();
        Thread.sleep(length);
        channel.close().syncUninterruptibly();
        return new Measured(line.bytes, (line.bytesPerSecond() / bytesPerSecond - 1) * 100);
    }

    /// Least squares of bytes by seconds.
    private static final class Line extends ChannelInboundHandlerAdapter {

        private long startNanos;
        private double arrivals;
        private double bytes;
        private double sumT;
        private double sumB;
        private double sumTT;
        private double sumTB;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf chunk = (ByteBuf) message;
            if (arrivals == 0) {
                startNanos = System.nanoTime();
            }
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            bytes += chunk.readableBytes();
            chunk.release();
            arrivals++;
            sumT += seconds;
            sumB += bytes;
            sumTT += seconds * seconds;
            sumTB += seconds * bytes;
        }

        /// Once the connection is closed.
        double bytesPerSecond() {
            return (arrivals * sumTB - sumT * sumB) / (arrivals * sumTT - sumT * sumT);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
