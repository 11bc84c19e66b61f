package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Direction;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One client's connection through a proxy: two sockets and the link of each direction between them.
///
/// Confined to its event loop.
final class Connection {

    private static final long LAST_WORDS_MILLIS = 1_000;

    private final long number;
    private final Seed seed;
    private final SocketChannel client;
    private final SortedMap<String, Long> touched = new TreeMap<>();
    private final Link up = new Link(this, Direction.UPSTREAM, touched);
    private final Link down = new Link(this, Direction.DOWNSTREAM, touched);
    private final Consumer<Connection> over;
    private final long openedNanos = System.nanoTime();
    private Optional<Channel> dial = Optional.empty();
    private Optional<SocketChannel> upstream = Optional.empty();
    private boolean closed;
    private boolean toldOver;

    /// @param seed of the proxy
    /// @param over told once, when both sockets are closed
    Connection(long number, Seed seed, SocketChannel client, Consumer<Connection> over) {
        this.number = number;
        this.seed = seed.forConnection(number);
        this.client = client;
        this.over = over;
        client.closeFuture().addListener(_ -> socketClosed());
    }

    Seed seed() {
        return seed;
    }

    EventLoop loop() {
        return client.eventLoop();
    }

    Link link(Direction direction) {
        return switch (direction) {
            case UPSTREAM -> up;
            case DOWNSTREAM -> down;
        };
    }

    ChannelHandler clientSide() {
        return new LinkEnds(up, down);
    }

    ChannelHandler upstreamSide() {
        return new LinkEnds(down, up);
    }

    boolean closed() {
        return closed;
    }

    /// The upstream is being dialled there: given up when the client goes first.
    void dialling(Channel channel) {
        dial = Optional.of(channel);
    }

    /// The upstream has answered the dial.
    void dialled(SocketChannel channel) {
        if (closed) {
            channel.close();
            return;
        }
        upstream = Optional.of(channel);
        channel.closeFuture().addListener(_ -> socketClosed());
        up.join(client, channel);
        down.join(channel, client);
    }

    /// An end of stream has reached the far side of a link, behind all of its data.
    void ended(Link link, Outlet.Ending how) {
        if (closed) {
            return;
        }
        switch (how) {
            case FIN -> endFarSide(link);
            case CLOSE -> close();
            case RESET -> reset();
        }
    }

    private void endFarSide(Link link) {
        link.discard();
        if (up.finished() && down.finished()) {
            close();
            return;
        }
        switch (link.direction()) {
            case UPSTREAM -> upstream.ifPresent(SocketChannel::shutdownOutput);
            case DOWNSTREAM -> client.shutdownOutput();
        }
    }

    /// A socket has closed, by itself or by an error.
    void sideGone(Link whoseSource, Link whoseSink) {
        if (upstream.isEmpty()) {
            close();
            return;
        }
        whoseSink.discard();
        whoseSource.sourceEnded(Outlet.Ending.RESET);
        closeWhenFinished();
    }

    private void socketClosed() {
        if (!toldOver && !client.isOpen() && upstream.stream().noneMatch(SocketChannel::isOpen)) {
            toldOver = true;
            close();
            over.accept(this);
        }
    }

    private void closeWhenFinished() {
        if (up.finished() && down.finished()) {
            close();
        }
    }

    /// The client sees an end of stream, also while what it sends is held back.
    void close() {
        if (closed) {
            return;
        }
        letGo();
        if (client.config().isAutoRead() || client.isInputShutdown()) {
            client.close();
        } else {
            hearLastWords();
        }
    }

    private void letGo() {
        closed = true;
        up.discard();
        down.discard();
        dial.ifPresent(Channel::close);
        upstream.ifPresent(SocketChannel::close);
    }

    /// Closing a socket with bytes unread would reset it; so they are read, for a while.
    private void hearLastWords() {
        client.shutdownOutput();
        client.config().setAutoRead(true);
        var enough = loop().schedule(() -> client.close(), LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        client.closeFuture().addListener(_ -> enough.cancel(false));
    }

    void reset() {
        if (!closed) {
            abortOnClose(client);
            upstream.ifPresent(Connection::abortOnClose);
            letGo();
            client.close();
        }
    }

    private static void abortOnClose(SocketChannel channel) {
        if (channel.isOpen()) {
            channel.config().setSoLinger(0);
        }
    }

    ConnectionRecord record(String proxy, long closedNanos) {
        return new ConnectionRecord(proxy, number, openedNanos, closedNanos, up.bytes(), down.bytes(), touched());
    }

    /// Chunks that each toxic has touched so far, by its name.
    SortedMap<String, Long> touched() {
        SortedMap<String, Long> soFar = new TreeMap<>(touched);
        up.countInForce(soFar);
        down.countInForce(soFar);
        return Collections.unmodifiableSortedMap(soFar);
    }
}
