package dev.changeover.toxics.server;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// A host and a port, written `127.0.0.1:80`, `example.org:80` or `[::1]:80`.
record Address(String host, int port) {

    private static final String LOOPBACK = "127.0.0.1";

    /// Where a proxy listens: an empty text or host is the loopback, port 0 a free one. Of names only `localhost` is
    /// taken: to look any other up could keep the API from everybody.
    static Address listen(String text) {
        if (text.isEmpty()) {
            return new Address(LOOPBACK, 0);
        }
        Address address = parse("listen", text);
        if (address.host().isEmpty()) {
            return new Address(LOOPBACK, address.port());
        }
        if (address.literal().isEmpty() && !address.host().equalsIgnoreCase("localhost")) {
            throw address.notLoopback();
        }
        return address;
    }

    static Address upstream(String text) {
        Address address = parse("upstream", text);
        if (address.host().isEmpty() || address.port() == 0) {
            throw refused("upstream", text);
        }
        return address;
    }

    private static Address parse(String field, String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw refused(field, text);
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw refused(field, text);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port >= 0 && port <= 65_535) {
                return new Address(host, port);
            }
        } catch (NumberFormatException _) {
            // said below, with the value
        }
        throw refused(field, text);
    }

    private static ApiError refused(String field, String text) {
        return ApiError.badBody("%s must be host:port like 127.0.0.1:8080, got '%s'".formatted(field, text));
    }

    /// Where the host is a literal there is nothing to look up.
    Optional<InetSocketAddress> literal() {
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(host))
                .map(address -> new InetSocketAddress(address, port));
    }

    /// Asks the resolver unless the host is a literal; may block.
    InetSocketAddress resolve() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /// Asks the resolver, and refuses what is not on this machine alone.
    InetSocketAddress resolveLoopback() throws UnknownHostException {
        InetSocketAddress resolved = resolve();
        if (!resolved.getAddress().isLoopbackAddress()) {
            throw notLoopback();
        }
        return resolved;
    }

    private ApiError notLoopback() {
        return ApiError.badBody("listen must be a loopback address like 127.0.0.1:8080, got '" + text() + "'");
    }

    String text() {
        return host.contains(":") ? "[%s]:%d".formatted(host, port) : host + ":" + port;
    }

    static String text(InetSocketAddress address) {
        return NetUtil.toSocketAddressString(address);
    }
}
