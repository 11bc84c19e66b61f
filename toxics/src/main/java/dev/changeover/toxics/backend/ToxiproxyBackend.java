package dev.changeover.toxics.backend;

import eu.rekawek.toxiproxy.ToxiproxyClient;

/// A running Toxiproxy that this run may use.
public interface ToxiproxyBackend extends AutoCloseable {

    ToxiproxyClient client();

    /// What it is and its version, for the report: `embedded 2.12.0` for example.
    String description();

    /// Undoes what this run did to it, and stops it if this run started it.
    @Override
    void close();
}
