package dev.changeover.harness.replay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One lane's connections to one target. A request never waits for a free one: where none is idle, one is
/// opened. The connection that was used last is used next, so those that a burst opened fall idle and are
/// left to the peer to close. Confined to its lane's loop.
final class ConnectionPool {

    private final Target target;
    private final Bootstrap bootstrap;
    private final InetSocketAddress address;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> all = new HashSet<>();

    ConnectionPool(Lane lane, Target target, Class<? extends Channel> channelType) {
        this.target = target;
        this.address = new InetSocketAddress(target.host(), target.port());
        this.bootstrap = new Bootstrap()
                .group(lane.loop())
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        Connection connection = new Connection(lane, ConnectionPool.this, channel);
                        all.add(connection);
                        channel.closeFuture().addListener(_ -> forget(connection));
                        connection.addTo(channel.pipeline());
                    }
                });
    }

    Target target() {
        return target;
    }

    /// Calls `connected` on the exchange, at once with an idle connection, or when a new one is there; or
    /// `connectFailed`.
    void connect(Exchange exchange) {
        Connection waiting = idle.pollLast();
        if (waiting != null && waiting.usable()) {
            exchange.connected(waiting);
            return;
        }
        ChannelFuture connecting = bootstrap.connect(address);
        exchange.connecting(connecting.channel());
        connecting.addListener(future -> {
            if (future.isSuccess()) {
                exchange.connected(connecting.channel().pipeline().get(Connection.class));
            } else {
                exchange.connectFailed(future.cause());
            }
        });
    }

    void release(Connection connection) {
        idle.addLast(connection);
    }

    void forget(Connection connection) {
        all.remove(connection);
        idle.remove(connection);
    }

    void close() {
        List.copyOf(all).forEach(Connection::close);
    }
}
