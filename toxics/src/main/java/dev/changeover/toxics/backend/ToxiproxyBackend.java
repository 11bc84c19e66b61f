package dev.changeover.toxics.backend;

import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.net.URI;

/// A running Toxiproxy that this run may use.
public interface ToxiproxyBackend extends AutoCloseable {

    ToxiproxyClient client();

    /// Where its HTTP API is, `http://127.0.0.1:8474` for example.
    URI api();

    /// What it is and its version, for the report: `embedded 2.12.0` for example.
    String description();

    /// Undoes what this run did to it, and stops it if this run started it.
    @Override
    void close();
}
