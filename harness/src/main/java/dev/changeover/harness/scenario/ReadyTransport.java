package dev.changeover.harness.scenario;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.TrustManagerFactory;

/// A [Transport] whose files are read and whose secrets are looked up.
///
/// @param trusted whose certificates are believed; empty: the JDK's authorities
public record ReadyTransport(
        Transport.Http http,
        Optional<TrustManagerFactory> trusted,
        Optional<Via> proxy,
        boolean gzip,
        Transport.KeepAlive keepAlive) {

    public static final ReadyTransport CALLER = of(Transport.CALLER);
    public static final ReadyTransport PROVIDER = of(Transport.PROVIDER);

    private static ReadyTransport of(Transport plain) {
        return new ReadyTransport(plain.http(), Optional.empty(), Optional.empty(), plain.gzip(), plain.keepAlive());
    }

    public boolean keepsNothing() {
        return keepAlive instanceof Transport.KeepAlive.None;
    }

    /// A proxy that is asked to CONNECT.
    public record Via(String host, int port, Optional<Credentials> credentials) {

        static Via of(Transport.Proxy proxy, Function<String, Optional<String>> secrets) throws IOException {
            Optional<Credentials> credentials = Optional.empty();
            if (proxy.credentials().isPresent()) {
                String name = proxy.credentials().get();
                credentials =
                        Optional.of(Credentials.parse(name, secrets.apply(name).orElse("")));
            }
            return new Via(proxy.address().getHost(), proxy.address().getPort(), credentials);
        }

        /// Without the credentials.
        @Override
        public String toString() {
            return "http://" + host + ":" + port;
        }
    }

    public record Credentials(String user, String password) {

        /// @param name of the variable
        static Credentials parse(String name, String text) throws IOException {
            int colon = text.indexOf(':');
            if (colon < 1 || text.chars().anyMatch(Character::isISOControl)) {
                throw new IOException("the environment variable %s is not of the form user:password".formatted(name));
            }
            return new Credentials(text.substring(0, colon), text.substring(colon + 1));
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
