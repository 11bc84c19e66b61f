package dev.changeover.harness.replay;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The event loops: epoll where it is available, for its timers fire by the nanosecond; else NIO, whose
/// timers may be a millisecond late.
///
/// @param channelType of the sockets that these loops can drive
record Loops(EventLoopGroup group, List<EventLoop> all, Class<? extends Channel> channelType) implements AutoCloseable {

    private static final int CORES_FOR_TWO = 4;
    private static final long CLOSING_SECONDS = 5;

    static Loops start() {
        int count = Runtime.getRuntime().availableProcessors() >= CORES_FOR_TWO ? 2 : 1;
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                count,
                new DefaultThreadFactory("replay", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        List<EventLoop> all = Stream.generate(group::next).limit(count).toList();
        return new Loops(group, all, epoll ? EpollSocketChannel.class : NioSocketChannel.class);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSING_SECONDS + 1, TimeUnit.SECONDS);
    }
}
