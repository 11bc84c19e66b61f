package dev.changeover.harness.transport;

import java.net.ConnectException;
import java.util.Optional;

/// Why there is no connection, in words, where it is not plain.
public final class ConnectFailure {

    /// What the library puts between a proxy and whoever is behind it.
    private static final String BEHIND = " => ";
    private static final String STATUS = "status: ";

    private ConnectFailure() {}

    /// @param proxy that was to lead there, without credentials
    /// @return empty when the peer refused, which says all
    public static Optional<String> describe(Throwable failure, String host, int port, Optional<String> proxy) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ConnectException) {
            return proxy.isPresent()
                    ? Optional.of(byProxy(message, proxy.get(), host, port))
                    : Optional.of(message).filter(text -> text.contains("HTTP/2"));
        }
        return TlsFailure.describe(failure, host)
                .or(() -> Optional.of("connecting to %s:%d failed: %s".formatted(host, port, message)));
    }

    private static String byProxy(String message, String proxy, String host, int port) {
        if (!message.contains(BEHIND)) {
            return "the proxy %s cannot be reached".formatted(proxy);
        }
        int at = message.lastIndexOf(STATUS);
        return "the proxy %s opened no way to %s:%d (%s)"
                .formatted(proxy, host, port, at < 0 ? "it closed the connection" : message.substring(at));
    }
}
