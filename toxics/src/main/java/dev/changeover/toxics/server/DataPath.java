package dev.changeover.toxics.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The one event loop that all proxied bytes pass, and how sockets are made on it.
final class DataPath implements AutoCloseable {

    private static final int MAX_READ = 128 * 1024;
    private static final int DIAL_MILLIS = 30_000;
    private static final AdaptiveRecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator(64, 2048, MAX_READ);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 128 * 1024);

    private final Transport transport;
    private final MultiThreadIoEventLoopGroup loop;
    private final Resolver resolver = new Resolver(Address::resolve, Duration.ofMillis(DIAL_MILLIS));

    DataPath(Transport transport) {
        this.transport = transport;
        this.loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("toxiproxy-data", true), transport.handlers());
    }

    /// Runs it on the loop and waits for it; never to be called on the loop.
    void run(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    /// Listens there and hands over each client's socket before it reads anything.
    Channel listen(InetSocketAddress address, Consumer<SocketChannel> accepted) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(transport.server())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, transport.buffers())
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(initializer(accepted));
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        throw new IOException(bound.cause().getMessage(), bound.cause());
    }

    /// Stops listening, and returns when the operating system has: with NIO that is only at the loop's next select,
    /// which is past when a task runs that was scheduled after the channel's closing.
    void stopListening(Channel listening) {
        listening.close().syncUninterruptibly();
        loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    /// Dials on behalf of a connection, without blocking it or any other; called on the loop.
    void dial(Address upstream, Connection connection) {
        upstream.literal().ifPresentOrElse(address -> dial(address, connection), () -> lookUp(upstream, connection));
    }

    private void lookUp(Address upstream, Connection connection) {
        resolver.resolve(upstream)
                .whenCompleteAsync(
                        (address, failure) -> {
                            if (failure == null) {
                                dial(address, connection);
                            } else {
                                connection.close();
                            }
                        },
                        connection.loop());
    }

    private void dial(InetSocketAddress upstream, Connection connection) {
        if (connection.closed()) {
            return;
        }
        ChannelFuture dial = new Bootstrap()
                .group(connection.loop())
                .channel(transport.socket())
                .option(ChannelOption.ALLOCATOR, transport.buffers())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, DIAL_MILLIS)
                .option(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(initializer(channel -> channel.pipeline().addLast(connection.upstreamSide())))
                .connect(upstream);
        if (dial.cause() != null) {
            // Where no socket could be made (too many open files), the future is told on another loop.
            connection.close();
            return;
        }
        connection.dialling(dial.channel());
        dial.addListener((ChannelFuture dialled) -> {
            if (dialled.isSuccess()) {
                connection.dialled((SocketChannel) dialled.channel());
            } else {
                connection.close();
            }
        });
    }

    private static ChannelInitializer<SocketChannel> initializer(Consumer<SocketChannel> made) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                made.accept(channel);
            }
        };
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
