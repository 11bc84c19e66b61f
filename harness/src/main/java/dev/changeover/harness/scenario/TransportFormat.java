package dev.changeover.harness.scenario;

import static dev.changeover.harness.scenario.Keys.given;
import static dev.changeover.harness.scenario.Keys.maybe;
import static dev.changeover.harness.scenario.Keys.needed;

import dev.changeover.harness.scenario.Shape.Scalar;
import dev.changeover.harness.scenario.Shape.Table;
import dev.changeover.harness.units.Durations;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Every key of how connections are made, and what is made of them.
final class TransportFormat {

    /// A number too, for that is how YAML reads it.
    private static final Scalar HTTP =
            new Scalar("1.1 or 2", TransportFormat::http, Map.of("enum", List.of("1.1", "2", 1.1, 2)));

    private static final Scalar KEEP_ALIVE = new Scalar(
            "always, none or a duration like 15s",
            TransportFormat::keepAlive,
            Map.of("type", "string", "pattern", "^(always|none|\\d{1,16}(\\.\\d{1,9})?(us|ms|s|m|h|d))$"));

    private static final Table TRUST = new Table(List.of(
            needed("file", Scalars.TEXT, "PEM, PKCS12 or JKS, relative to this file"),
            maybe("password", new Shape.Secret(), "\"${NAME}\", from the environment; PEM has none")));

    private static final Table PROXY = new Table(List.of(
            needed("address", Scalars.URL, "http://host:port; it is asked to CONNECT"),
            maybe("credentials", new Shape.Secret(), "\"${NAME}\", from the environment: user:password")));

    static final Table CLIENT = table("always");

    static final Table CONNECTION = table("15s");

    private TransportFormat() {}

    private static Table table(String keepAlive) {
        return new Table(List.of(
                given("http", HTTP, "1.1", "version of HTTP, and no other"),
                maybe("trust", TRUST, "whose certificates are believed; else the JDK's authorities"),
                maybe("proxy", PROXY, "that connections go through; else none"),
                given("gzip", Scalars.TRUTH, "false", "whether answers may come compressed"),
                given("keep_alive", KEEP_ALIVE, keepAlive, "how long a connection that carries nothing is kept")));
    }

    /// May throw what the values refuse.
    static Transport transport(Fields fields) {
        return new Transport(
                fields.value("http", Transport.Http.class),
                fields.table("trust")
                        .map(trust -> new Transport.Trust(
                                Path.of(trust.value("file", String.class)), trust.find("password", String.class))),
                fields.table("proxy")
                        .map(proxy -> new Transport.Proxy(
                                proxy.value("address", URI.class), proxy.find("credentials", String.class))),
                fields.value("gzip", Boolean.class),
                fields.value("keep_alive", Transport.KeepAlive.class));
    }

    private static Transport.Http http(String text) {
        return switch (text) {
            case "1.1" -> Transport.Http.ONE;
            case "2" -> Transport.Http.TWO;
            default -> throw new IllegalArgumentException("'%s' is no version of HTTP that we speak".formatted(text));
        };
    }

    private static Transport.KeepAlive keepAlive(String text) {
        return switch (text) {
            case "always" -> new Transport.KeepAlive.Always();
            case "none" -> new Transport.KeepAlive.None();
            default -> new Transport.KeepAlive.Idle(Durations.parse(text));
        };
    }
}
