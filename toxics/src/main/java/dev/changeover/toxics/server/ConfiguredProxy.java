package dev.changeover.toxics.server;

import java.util.List;

/// A proxy that a server starts with, and the toxics that are in force from its first connection on.
record ConfiguredProxy(ProxySettings settings, List<NamedToxic> toxics) {

    ConfiguredProxy {
        toxics = List.copyOf(toxics);
    }
}
