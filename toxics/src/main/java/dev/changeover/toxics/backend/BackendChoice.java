package dev.changeover.toxics.backend;

import java.net.URI;
import java.net.URISyntaxException;

/// Which Toxiproxy is wanted, as people write it: `embedded`, `binary`, `container` or `remote=URL`.
public sealed interface BackendChoice {

    /// The server of this process.
    record Embedded() implements BackendChoice {
        @Override
        public String toString() {
            return "embedded";
        }
    }

    /// A `toxiproxy-server` of this machine, started for the run.
    record Binary() implements BackendChoice {
        @Override
        public String toString() {
            return "binary";
        }
    }

    /// A container, started for the run.
    record Container() implements BackendChoice {
        @Override
        public String toString() {
            return "container";
        }
    }

    /// A server that others may use too.
    ///
    /// @param server where its API is: `http`, a host of the loopback, a port, and no path
    record Remote(URI server) implements BackendChoice {
        public Remote {
            RemoteAddress.require(server);
        }

        @Override
        public String toString() {
            return REMOTE + server;
        }
    }

    String REMOTE = "remote=";

    /// @throws IllegalArgumentException quoting the text and saying what is known
    static BackendChoice parse(String text) {
        return switch (text) {
            case "embedded" -> new Embedded();
            case "binary" -> new Binary();
            case "container" -> new Container();
            case String remote when remote.startsWith(REMOTE) -> new Remote(uri(remote.substring(REMOTE.length())));
            default ->
                throw new IllegalArgumentException(
                        "unknown Toxiproxy '%s'; known are embedded, binary, container and remote=URL, as in remote=http://127.0.0.1:8474"
                                .formatted(text));
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'%s' is no URL (%s)".formatted(text, e.getMessage()), e);
        }
    }
}
