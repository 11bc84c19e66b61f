package dev.changeover.benchmarks.toxiproxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// What all ways lead to: every service, on one thread that is not the clients'.
final class Upstream implements AutoCloseable {

    private final Net net = new Net("upstream");
    private final AtomicLong sunk = new AtomicLong();
    private final Arrivals arrivals = new Arrivals();
    private final Map<Service, Integer> ports = new EnumMap<>(Service.class);

    Upstream() {
        ports.put(Service.ECHO, net.listen(Echo::new));
        ports.put(Service.SOURCE, net.listen(Source::new));
        ports.put(Service.SINK, net.listen(() -> new Sink(sunk)));
        ports.put(Service.ARRIVALS, net.listen(() -> new Frames(arrivals)));
    }

    Way direct(String name) {
        return new Way(name, ports, Optional.empty());
    }

    /// Bytes that the sink has taken since ever.
    AtomicLong sunk() {
        return sunk;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        net.close();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /// Sends blocks while there is room; what a client does that sends much, too.
    static final class Source extends ChannelInboundHandlerAdapter {

        private final ByteBuf block = Net.block();

        @Override
        public void channelActive(ChannelHandlerContext context) {
            fill(context);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            fill(context);
        }

        private void fill(ChannelHandlerContext context) {
            while (context.channel().isWritable()) {
                context.writeAndFlush(block.retainedDuplicate(), context.voidPromise());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            block.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /// Counts what it gets; what a client does that takes much, too.
    static final class Sink extends ChannelInboundHandlerAdapter {

        private final AtomicLong bytes;

        Sink(AtomicLong bytes) {
            this.bytes = bytes;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf chunk = (ByteBuf) message;
            bytes.lazySet(bytes.get() + chunk.readableBytes());
            chunk.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
