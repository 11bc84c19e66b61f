package dev.changeover.toxics.backend;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// Where the API of a shared Toxiproxy may be.
final class RemoteAddress {

    private static final Pattern NUMBERS = Pattern.compile("127(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:]+]");

    private RemoteAddress() {}

    /// @throws IllegalArgumentException quoting it, saying why not and what to write
    static void require(URI server) {
        if (!"http".equals(server.getScheme()) || server.getHost() == null || server.getPort() <= 0) {
            throw refused(server, "it must be http://HOST:PORT");
        }
        if (!server.getRawPath().isEmpty() && !server.getRawPath().equals("/")
                || server.getRawQuery() != null
                || server.getRawFragment() != null
                || server.getRawUserInfo() != null) {
            throw refused(server, "it must be http://HOST:PORT and nothing more");
        }
        if (!isLoopback(server.getHost())) {
            throw refused(
                    server,
                    "its proxies could not reach the providers' taps, which listen on this machine's loopback only;"
                            + " run a server here (binary, container), or name one at 127.0.0.1");
        }
    }

    /// Without asking anybody: a name that merely resolves to the loopback may do so no longer tomorrow.
    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost")
                    || NUMBERS.matcher(host).matches()
                            && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static IllegalArgumentException refused(URI server, String why) {
        return new IllegalArgumentException("'%s' cannot be the Toxiproxy of a run: %s".formatted(server, why));
    }
}
