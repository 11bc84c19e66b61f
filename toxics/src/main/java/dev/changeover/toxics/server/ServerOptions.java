package dev.changeover.toxics.server;

/// Where a server's API listens, and what it starts with.
///
/// @param host on the loopback
/// @param port 0 is a free port
/// @param seed of all its randomness
public record ServerOptions(String host, int port, long seed, ProxyFile proxies) {

    public static final String LOOPBACK = "127.0.0.1";

    /// On a free port, without proxies.
    public static ServerOptions seeded(long seed) {
        return new ServerOptions(LOOPBACK, 0, seed, ProxyFile.none());
    }
}
