package dev.changeover.benchmarks.toxiproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Takes frames of a fixed size, whatever chunks they come in, and notes when each arrived.
///
/// A frame begins with when it was sent, by the clock of this process, in nanoseconds.
final class Frames extends ChannelInboundHandlerAdapter {

    static final int SIZE = 64;

    private final Arrivals arrivals;
    private final ByteBuf torn = Unpooled.buffer(SIZE, SIZE);

    Frames(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    static ByteBuf sentNow(ByteBufAllocator allocator) {
        return allocator.directBuffer(SIZE).writeLong(System.nanoTime()).writeZero(SIZE - Long.BYTES);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf chunk = (ByteBuf) message;
        while (chunk.isReadable()) {
            torn.writeBytes(chunk, Math.min(torn.writableBytes(), chunk.readableBytes()));
            if (!torn.isWritable()) {
                arrivals.arrived(torn.getLong(0));
                torn.clear();
            }
        }
        chunk.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
