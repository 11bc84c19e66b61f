package dev.changeover.toxics.server;

/// A proxy as the API is asked for one.
///
/// @param listen as written; empty for a free port on the loopback
/// @param upstream as written
record ProxySettings(String name, String listen, String upstream, boolean enabled) {}
