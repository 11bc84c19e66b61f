package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Transport.KeepAlive;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Connections of HTTP/1.1. The one that was used last is used next, so those that a burst opened fall idle and are
/// left to the peer to close, or are closed when they have been idle for as long as the target says.
final class Http1Pool implements ConnectionPool {

    private final Lane lane;
    private final Target target;
    private final Dialer dialer;

    /// In the order in which they fell idle.
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    private final Set<Connection> all = new HashSet<>();
    private boolean sweeping;

    Http1Pool(Lane lane, Target target, Class<? extends Channel> channelType) {
        this.lane = lane;
        this.target = target;
        this.dialer = new Dialer(lane, target, channelType, this::addTo);
    }

    private void addTo(ChannelPipeline pipeline) {
        Connection connection = new Connection(lane, this, pipeline.channel());
        all.add(connection);
        pipeline.channel().closeFuture().addListener(_ -> forget(connection));
        connection.addTo(pipeline);
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public void connect(Exchange exchange) {
        Connection waiting = idle.pollLast();
        if (waiting != null && waiting.usable()) {
            exchange.connected(waiting);
            return;
        }
        Channel channel = dialer.dial(
                opened -> exchange.connected(opened.pipeline().get(Connection.class)), exchange::connectFailed);
        exchange.connecting(channel::close);
    }

    void release(Connection connection) {
        switch (target.transport().keepAlive()) {
            case KeepAlive.Always() -> idle.addLast(connection);
            case KeepAlive.None() -> connection.close();
            case KeepAlive.Idle(var most) -> {
                idle.addLast(connection);
                if (!sweeping) {
                    sweepIn(most.toNanos(), most.toNanos());
                }
            }
        }
    }

    private void sweepIn(long nanos, long mostNanos) {
        sweeping = true;
        lane.loop().schedule(() -> sweep(mostNanos), nanos, TimeUnit.NANOSECONDS);
    }

    private void sweep(long mostNanos) {
        sweeping = false;
        long now = lane.now();
        while (!idle.isEmpty() && now - idle.getFirst().idleSinceNanos() >= mostNanos) {
            idle.getFirst().close();
        }
        if (!idle.isEmpty()) {
            sweepIn(idle.getFirst().idleSinceNanos() + mostNanos - now, mostNanos);
        }
    }

    void forget(Connection connection) {
        all.remove(connection);
        idle.remove(connection);
    }

    @Override
    public void close() {
        List.copyOf(all).forEach(Connection::close);
    }
}
