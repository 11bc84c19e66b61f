package dev.changeover.harness.scenario;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;

/// How connections to a peer are made and kept. Whether they are encrypted is in the peer's address.
///
/// @param trust whose certificates are believed; empty: the JDK's authorities
/// @param proxy that connections go through; empty: none
/// @param gzip whether answers may come compressed
public record Transport(Http http, Optional<Trust> trust, Optional<Proxy> proxy, boolean gzip, KeepAlive keepAlive) {

    public Transport {
        if (http == Http.TWO && keepAlive instanceof KeepAlive.None) {
            throw new IllegalArgumentException(
                    "keep_alive: none is for HTTP/1.1; over HTTP/2 requests share connections");
        }
    }

    /// The caller's, where a scenario does not say.
    public static final Transport CALLER =
            new Transport(Http.ONE, Optional.empty(), Optional.empty(), false, new KeepAlive.Always());

    /// To a real provider, where a scenario does not say: shorter than what providers keep, so that a connection
    /// about to be closed is not used again.
    public static final Transport PROVIDER = new Transport(
            Http.ONE, Optional.empty(), Optional.empty(), false, new KeepAlive.Idle(Duration.ofSeconds(15)));

    public enum Http {
        /// HTTP/1.1
        ONE,
        TWO
    }

    /// @param file PEM, PKCS12 or JKS
    /// @param password the name of the environment variable that holds it
    public record Trust(Path file, Optional<String> password) {}

    /// One that is asked to CONNECT.
    ///
    /// @param address `http://host:port`
    /// @param credentials the name of the environment variable that holds `user:password`
    public record Proxy(URI address, Optional<String> credentials) {

        public Proxy {
            if (!"http".equals(address.getScheme()) || address.getPort() < 0) {
                throw new IllegalArgumentException(
                        "address of a proxy must be like http://proxy.example.com:3128, got " + address);
            }
            if (!address.getRawPath().isEmpty() && !address.getRawPath().equals("/")) {
                throw new IllegalArgumentException("address of a proxy must have no path, got " + address);
            }
        }
    }

    /// How long a connection that carries nothing is kept.
    public sealed interface KeepAlive {

        /// Until the peer closes it.
        record Always() implements KeepAlive {}

        /// Not at all: every request has a connection of its own.
        record None() implements KeepAlive {}

        record Idle(Duration most) implements KeepAlive {
            public Idle {
                if (!most.isPositive()) {
                    throw new IllegalArgumentException("keep_alive must be > 0, got %s; write none".formatted(most));
                }
            }
        }
    }

    /// Of the environment variables that it names.
    public Stream<String> secretNames() {
        return Stream.concat(trust.flatMap(Trust::password).stream(), proxy.flatMap(Proxy::credentials).stream());
    }

    /// With what its names stand for.
    ///
    /// @param secrets values of environment variables
    /// @throws IOException with a sentence that holds no secret
    public ReadyTransport ready(Function<String, Optional<String>> secrets) throws IOException {
        Optional<TrustManagerFactory> trusted = Optional.empty();
        if (trust.isPresent()) {
            Trust given = trust.get();
            trusted = Optional.of(TrustStore.load(given.file(), given.password().flatMap(secrets)));
        }
        Optional<ReadyTransport.Via> via = Optional.empty();
        if (proxy.isPresent()) {
            via = Optional.of(ReadyTransport.Via.of(proxy.get(), secrets));
        }
        return new ReadyTransport(http, trusted, via, gzip, keepAlive);
    }
}
