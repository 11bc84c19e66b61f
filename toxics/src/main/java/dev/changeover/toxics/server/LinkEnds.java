package dev.changeover.toxics.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/// Ties a socket to its connection: it is the source of one link and the sink of the other.
final class LinkEnds extends ChannelInboundHandlerAdapter {

    private final Link sourceOf;
    private final Link sinkOf;

    LinkEnds(Link sourceOf, Link sinkOf) {
        this.sourceOf = sourceOf;
        this.sinkOf = sinkOf;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        sourceOf.received((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        sourceOf.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        sinkOf.adjustReading();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            // Left on, reading a half-closed socket would spin.
            context.channel().config().setAutoRead(false);
            if (sourceOf.connection().closed()) {
                context.close();
            } else {
                sourceOf.sourceEnded(Outlet.Ending.FIN);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        sourceOf.connection().sideGone(sourceOf, sinkOf);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
