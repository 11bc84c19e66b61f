package dev.changeover.harness.scenario;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Whether what is said of connections has a use where it is said.
final class TransportChecks {

    private final Fields root;
    private final List<Problem> problems;

    TransportChecks(Fields root, List<Problem> problems) {
        this.root = root;
        this.problems = problems;
    }

    /// With whatever could be made of the scenario.
    void check(Optional<Gateway> gateway) {
        root.table("traffic")
                .flatMap(traffic -> traffic.table("client"))
                .ifPresent(client -> gateway.ifPresent(g -> caller(client, g)));
        root.table("providers")
                .ifPresent(both ->
                        List.of("old", "new").forEach(arm -> both.table(arm).ifPresent(this::provider)));
    }

    private void caller(Fields client, Gateway gateway) {
        if (gateway instanceof Gateway.Url url) {
            needsTls(client, url.base(), "gateway.url.base_url");
        } else {
            for (String key : List.of("trust", "proxy")) {
                refuse(
                        client,
                        key,
                        key + " has no use here: callers reach this testbed by plain connections on this machine",
                        "remove it; it is for a gateway.url");
            }
        }
        boolean http2 = client.find("http", Transport.Http.class)
                .filter(Transport.Http.TWO::equals)
                .isPresent();
        if (http2 && gateway instanceof Gateway.Reference) {
            refuse(client, "http", "our own gateway speaks HTTP/1.1 alone", "remove http, or write 1.1");
        }
        if (client.find("gzip", Boolean.class).orElse(false) && compressesNothing(gateway)) {
            refuse(
                    client,
                    "gzip",
                    "gzip has no use here: nothing between callers and providers compresses answers",
                    "remove it; it is for a gateway of yours, or for providers.<arm>.connection");
        }
    }

    private static boolean compressesNothing(Gateway gateway) {
        return switch (gateway) {
            case Gateway.None _, Gateway.Reference _ -> true;
            case Gateway.Url _, Gateway.Command _ -> false;
        };
    }

    private void provider(Fields provider) {
        provider.table("connection")
                .ifPresent(connection ->
                        provider.find("base_url", URI.class).ifPresent(base -> needsTls(connection, base, "base_url")));
    }

    private void needsTls(Fields connection, URI peer, String key) {
        if (!peer.getScheme().equals("https")) {
            for (String given : List.of("trust", "proxy")) {
                refuse(
                        connection,
                        given,
                        given + " has no use for a plain connection",
                        "remove it, or write https in " + key);
            }
        }
    }

    private void refuse(Fields fields, String key, String what, String remedy) {
        if (fields.has(key)) {
            problems.add(fields.placeOf(key).problem(what, remedy));
        }
    }
}
