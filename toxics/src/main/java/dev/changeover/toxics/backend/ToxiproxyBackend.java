package dev.changeover.toxics.backend;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// A running Toxiproxy that this run may use.
public interface ToxiproxyBackend extends AutoCloseable {

    ToxiproxyClient client();

    /// Where its HTTP API is, `http://127.0.0.1:8474` for example.
    URI api();

    /// What it is and its version, for the report: `embedded 2.12.0` for example.
    String description();

    /// Whether its connections are told of when they are over.
    default boolean tellsOfConnections() {
        return false;
    }

    /// Why it can be used no longer; empty while it can.
    default Optional<String> failure() {
        return Optional.empty();
    }

    /// Makes a proxy that is gone when this is closed.
    ///
    /// @param name on a server that others use too, it gets one that no other run has
    default Proxy createProxy(String name, String listen, String upstream) throws IOException {
        return Patience.USUAL.with("to make a proxy", () -> client().createProxy(name, listen, upstream));
    }

    /// Undoes what this run did to it, and stops it if this run started it.
    @Override
    void close();
}
