package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Direction;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// One proxy: where it listens, what it leads to, its toxics and its open connections.
///
/// Its methods are called by one thread at a time, never the event loop's; connections live on the loop.
final class Proxy implements AutoCloseable {

    private final String name;
    private final Seed seed;
    private final DataPath path;
    private final Consumer<ConnectionRecord> records;
    private final Set<Connection> open = new LinkedHashSet<>();
    private final ProxyTraffic closed = new ProxyTraffic();
    private final HeldPort held = new HeldPort();
    private final List<NamedToxic> toxics = new ArrayList<>();
    private volatile Address upstream;
    private String listen;
    private Optional<Channel> server = Optional.empty();
    private long accepted;

    Proxy(
            String name,
            String listen,
            Address upstream,
            Seed server,
            DataPath path,
            Consumer<ConnectionRecord> records) {
        this.name = name;
        this.listen = listen;
        this.upstream = upstream;
        this.seed = server.forProxy(name);
        this.path = path;
        this.records = records;
    }

    String name() {
        return name;
    }

    /// As resolved, once it has been started.
    String listen() {
        return listen;
    }

    Address upstream() {
        return upstream;
    }

    boolean enabled() {
        return server.isPresent();
    }

    /// Upstream toxics first, then downstream ones, each in the order added.
    List<NamedToxic> toxics() {
        List<NamedToxic> ordered = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            toxics.stream().filter(t -> t.direction() == direction).forEach(ordered::add);
        }
        return ordered;
    }

    NamedToxic toxic(String toxicName) {
        return toxics.stream()
                .filter(t -> t.name().equals(toxicName))
                .findFirst()
                .orElseThrow(ApiError::toxicNotFound);
    }

    boolean hasToxic(String toxicName) {
        return toxics.stream().anyMatch(t -> t.name().equals(toxicName));
    }

    void enable() {
        if (enabled()) {
            return;
        }
        Address address = Address.listen(listen);
        try {
            Channel channel = listenAt(address.resolveLoopback());
            server = Optional.of(channel);
            listen = Address.text((InetSocketAddress) channel.localAddress());
        } catch (IOException e) {
            throw new ApiError(500, "listen tcp %s: %s".formatted(listen, BindFailure.text(e)));
        }
    }

    /// Never lets go of the port in between, where the system allows it.
    private Channel listenAt(InetSocketAddress wanted) throws IOException {
        Optional<InetSocketAddress> address = held.held().or(() -> held.hold(wanted));
        if (address.isEmpty()) {
            return path.listen(wanted, this::accepted);
        }
        try {
            return path.listen(address.get(), this::accepted);
        } catch (IOException _) {
            held.release();
            return path.listen(address.get(), this::accepted);
        }
    }

    /// Refuses connections from now on and closes those that are open.
    void disable() {
        server.ifPresent(channel -> {
            path.stopListening(channel);
            server = Optional.empty();
            if (held.held().isEmpty()) {
                held.hold((InetSocketAddress) channel.localAddress());
            }
            path.run(() -> List.copyOf(open).forEach(Connection::close));
        });
    }

    /// Leads elsewhere, listens elsewhere; open connections are closed when either differs.
    void redirect(String newListen, Address newUpstream) {
        boolean sameListen = Proxies.sameListen(listen, newListen) && !freePortAfterFailure(newListen);
        if (sameListen && newUpstream.equals(upstream)) {
            return;
        }
        boolean wasEnabled = enabled();
        disable();
        if (!sameListen) {
            held.release();
        }
        listen = newListen;
        upstream = newUpstream;
        if (wasEnabled) {
            enable();
        }
    }

    /// A port that could not be listened on is not what somebody gets who asks for a free one.
    private boolean freePortAfterFailure(String newListen) {
        return Address.listen(newListen).port() == 0
                && !enabled()
                && held.held().isEmpty();
    }

    void add(NamedToxic toxic) {
        path.run(() -> {
            toxics.add(toxic);
            List.copyOf(open).forEach(c -> c.link(toxic.direction()).add(toxic));
        });
    }

    void update(NamedToxic toxic) {
        path.run(() -> {
            toxics.replaceAll(t -> t.name().equals(toxic.name()) ? toxic : t);
            List.copyOf(open).forEach(c -> c.link(toxic.direction()).update(toxic));
        });
    }

    void remove(NamedToxic toxic) {
        path.run(() -> {
            toxics.removeIf(t -> t.name().equals(toxic.name()));
            List.copyOf(open).forEach(c -> c.link(toxic.direction()).remove(toxic.name()));
        });
    }

    /// What has passed until now, through open connections too.
    Sample sample() {
        AtomicReference<Sample> sample = new AtomicReference<>();
        path.run(() -> {
            ProxyTraffic traffic = closed.copy();
            open.forEach(traffic::add);
            sample.set(new Sample(accepted, open.size(), traffic));
        });
        return sample.get();
    }

    private void accepted(SocketChannel client) {
        Connection connection = new Connection(++accepted, seed, client, this::over);
        open.add(connection);
        toxics.forEach(t -> connection.link(t.direction()).add(t));
        client.pipeline().addLast(connection.clientSide());
        path.dial(upstream, connection);
    }

    private void over(Connection connection) {
        open.remove(connection);
        closed.add(connection);
        records.accept(connection.record(name, System.nanoTime()));
    }

    @Override
    public void close() {
        disable();
        held.release();
    }

    /// @param accepted connections, ever
    /// @param open connections, now
    record Sample(long accepted, int open, ProxyTraffic traffic) {}
}
