package dev.changeover.toxics.backend;

import dev.changeover.toxics.server.ConnectionRecord;
import dev.changeover.toxics.server.ToxiproxyServer;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/// The Toxiproxy server of this process, started for this run.
public final class EmbeddedBackend implements ToxiproxyBackend {

    private final ToxiproxyServer server;
    private final ToxiproxyClient client;

    private EmbeddedBackend(ToxiproxyServer server) {
        this.server = server;
        this.client = new ToxiproxyClient("127.0.0.1", server.port());
    }

    /// @param seed of all its randomness
    /// @param connections told of each connection when it is over, on an event loop: it must not block
    public static EmbeddedBackend start(long seed, Consumer<ConnectionRecord> connections) {
        return new EmbeddedBackend(ToxiproxyServer.start(seed, connections));
    }

    @Override
    public ToxiproxyClient client() {
        return client;
    }

    @Override
    public URI api() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public String description() {
        return "embedded " + ToxiproxyServer.version();
    }

    @Override
    public boolean tellsOfConnections() {
        return true;
    }

    /// It lives and dies with this process.
    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public void close() {
        server.close();
    }
}
