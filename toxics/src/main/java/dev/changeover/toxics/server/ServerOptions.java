package dev.changeover.toxics.server;

import java.net.InetAddress;

/// Where a server's API listens, and what it starts with.
///
/// @param host an address of the loopback, as a literal
/// @param port 0 to 65535; 0 is a free port
/// @param seed of all its randomness
public record ServerOptions(String host, int port, long seed, ProxyFile proxies) {

    public static final String LOOPBACK = "127.0.0.1";

    public ServerOptions {
        if (!InetAddress.ofLiteral(host).isLoopbackAddress()) {
            throw new IllegalArgumentException("host must be an address of the loopback, got " + host);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
        }
    }

    /// On a free port, without proxies.
    public static ServerOptions seeded(long seed) {
        return new ServerOptions(LOOPBACK, 0, seed, ProxyFile.none());
    }
}
