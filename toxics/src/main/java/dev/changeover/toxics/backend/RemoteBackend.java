package dev.changeover.toxics.backend;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A Toxiproxy that was there before and that others use too. Only proxies made here are touched, each under a name
/// that no other run has; never another's, and nothing that concerns all.
final class RemoteBackend implements ToxiproxyBackend {

    private final URI server;
    private final ServerVersion version;
    private final Journal journal;
    private final String run = UUID.randomUUID().toString();
    private final List<Leftover.SharedProxy> made = new ArrayList<>();

    private RemoteBackend(URI server, ServerVersion version, Journal journal) {
        this.server = server;
        this.version = version;
        this.journal = journal;
    }

    /// @param journal closed with it, and when this throws
    /// @throws IOException when nobody answers there, or it cannot reach this machine's loopback
    static RemoteBackend open(URI server, Journal journal) throws IOException {
        ServerVersion version;
        try {
            version = ServerVersion.at(server);
        } catch (IOException e) {
            journal.close();
            throw new IOException("no Toxiproxy can be used at %s: %s".formatted(server, e.getMessage()), e);
        }
        RemoteBackend backend = new RemoteBackend(server, version, journal);
        try {
            LoopbackProbe.require(backend.client(), backend.announce("probe"));
            return backend;
        } catch (IOException | RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    @Override
    public ToxiproxyClient client() {
        return SharedServer.client(server);
    }

    @Override
    public URI api() {
        return server;
    }

    @Override
    public String description() {
        return "remote %s (version %s)".formatted(server, version.text());
    }

    @Override
    public Proxy createProxy(String name, String listen, String upstream) throws IOException {
        String announced = announce(name);
        return Patience.USUAL.with("to make a proxy", () -> client().createProxy(announced, listen, upstream));
    }

    private String announce(String name) throws IOException {
        Leftover.SharedProxy proxy = new Leftover.SharedProxy(Leftover.OURS + run + "-" + name, server);
        journal.begin(proxy);
        made.add(proxy);
        return proxy.name();
    }

    @Override
    public Optional<String> failure() {
        try {
            ServerVersion.at(server);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the Toxiproxy at %s answers no longer: %s".formatted(server, e.getMessage()));
        }
    }

    /// What cannot be deleted now stays in the journal.
    @Override
    public void close() {
        for (Leftover.SharedProxy proxy : made.reversed()) {
            try {
                SharedServer.delete(proxy);
                journal.isGone(proxy);
            } catch (IOException | RuntimeException _) {
                // tried again by the next start
            }
        }
        journal.close();
    }
}
