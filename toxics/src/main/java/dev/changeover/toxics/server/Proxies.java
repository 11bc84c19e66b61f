package dev.changeover.toxics.server;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The server's proxies by name, and what the API may do to them. Called by one thread at a time.
final class Proxies implements AutoCloseable {

    private final SortedMap<String, Proxy> proxies = new TreeMap<>();
    private final Seed seed;
    private final DataPath path;
    private final Consumer<ConnectionRecord> records;

    Proxies(Seed seed, DataPath path, Consumer<ConnectionRecord> records) {
        this.seed = seed;
        this.path = path;
        this.records = records;
    }

    /// By name.
    Collection<Proxy> all() {
        return proxies.values();
    }

    Proxy named(String name) {
        return Optional.ofNullable(proxies.get(name)).orElseThrow(ApiError::proxyNotFound);
    }

    Proxy create(ProxySettings settings) {
        if (proxies.containsKey(settings.name())) {
            throw ApiError.proxyExists();
        }
        Proxy proxy = make(settings);
        proxies.put(proxy.name(), proxy);
        return proxy;
    }

    /// Its toxics are in force before its first connection.
    ///
    /// @throws CannotListenException if it cannot listen
    void create(ConfiguredProxy configured) {
        ProxySettings settings = configured.settings();
        Proxy proxy = create(new ProxySettings(settings.name(), settings.listen(), settings.upstream(), false));
        configured.toxics().forEach(proxy::add);
        if (settings.enabled()) {
            try {
                proxy.enable();
            } catch (ApiError e) {
                throw new CannotListenException("proxy '%s': %s".formatted(proxy.name(), e.getMessage()), e);
            }
        }
    }

    private Proxy make(ProxySettings settings) {
        Address.listen(settings.listen());
        Address upstream = Address.upstream(settings.upstream());
        Proxy proxy = new Proxy(settings.name(), settings.listen(), upstream, seed, path, records);
        if (settings.enabled()) {
            proxy.enable();
        }
        return proxy;
    }

    Proxy update(String name, Optional<String> listen, Optional<String> upstream, Optional<Boolean> enabled) {
        Proxy proxy = named(name);
        listen.ifPresent(Address::listen);
        Address leadsTo = upstream.map(Address::upstream).orElse(proxy.upstream());
        if (enabled.filter(on -> !on).isPresent()) {
            proxy.disable();
        }
        proxy.redirect(listen.orElse(proxy.listen()), leadsTo);
        if (enabled.orElse(false)) {
            proxy.enable();
        }
        return proxy;
    }

    void delete(String name) {
        named(name).close();
        proxies.remove(name);
    }

    /// Creates these; one that is there already and is the same keeps its toxics and connections, else it is replaced.
    ///
    /// @param done those that are in place, also when a later one fails
    void populate(List<ProxySettings> wanted, List<Proxy> done) {
        for (ProxySettings settings : wanted) {
            Optional<Proxy> existing = Optional.ofNullable(proxies.get(settings.name()));
            if (existing.isPresent() && same(existing.get(), settings)) {
                if (settings.enabled()) {
                    existing.get().enable();
                } else {
                    existing.get().disable();
                }
                done.add(existing.get());
            } else {
                existing.ifPresent(proxy -> delete(proxy.name()));
                done.add(create(settings));
            }
        }
    }

    private static boolean same(Proxy proxy, ProxySettings settings) {
        return proxy.upstream().equals(Address.upstream(settings.upstream()))
                && sameListen(proxy.listen(), settings.listen());
    }

    /// Whether a proxy that listens there is what was asked for; port 0 is content with any.
    static boolean sameListen(String resolved, String wanted) {
        try {
            Address now = Address.listen(resolved);
            InetSocketAddress asked = Address.listen(wanted).resolve();
            return now.resolve().getAddress().equals(asked.getAddress())
                    && (asked.getPort() == 0 || asked.getPort() == now.port());
        } catch (UnknownHostException _) {
            return resolved.equals(wanted);
        }
    }

    /// Enables all and takes all toxics away.
    void reset() {
        for (Proxy proxy : proxies.values()) {
            new ArrayList<>(proxy.toxics()).forEach(proxy::remove);
            proxy.enable();
        }
    }

    @Override
    public void close() {
        proxies.values().forEach(Proxy::close);
        proxies.clear();
    }
}
