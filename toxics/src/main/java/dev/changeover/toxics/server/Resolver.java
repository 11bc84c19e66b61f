package dev.changeover.toxics.server;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/// Looks upstreams up, one thread for each that is under way, however many connections wait for it.
///
/// The system's resolver blocks for as long as it likes, cannot be interrupted, and would hold a virtual thread's
/// carrier, and with it the API.
final class Resolver {

    private final Lookup lookup;
    private final Duration patience;
    private final ConcurrentMap<Address, CompletableFuture<InetSocketAddress>> underWay = new ConcurrentHashMap<>();

    /// @param patience after which a connection stops waiting
    Resolver(Lookup lookup, Duration patience) {
        this.lookup = lookup;
        this.patience = patience;
    }

    /// Asks the system; may block.
    interface Lookup {
        InetSocketAddress of(Address address) throws UnknownHostException;
    }

    /// Fails when there is no such host, or no answer in time.
    CompletableFuture<InetSocketAddress> resolve(Address upstream) {
        return underWay.computeIfAbsent(upstream, this::start)
                .copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<InetSocketAddress> start(Address upstream) {
        CompletableFuture<InetSocketAddress> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("toxiproxy-resolve").start(() -> {
            try {
                InetSocketAddress found = lookup.of(upstream);
                underWay.remove(upstream);
                answer.complete(found);
            } catch (UnknownHostException | RuntimeException e) {
                underWay.remove(upstream);
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
