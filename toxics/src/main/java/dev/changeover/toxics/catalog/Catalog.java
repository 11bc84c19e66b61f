package dev.changeover.toxics.catalog;

import static dev.changeover.toxics.catalog.CatalogFault.Kind.DURATION;
import static dev.changeover.toxics.catalog.CatalogFault.Kind.INTEGER;
import static dev.changeover.toxics.catalog.CatalogFault.Kind.SHARE;
import static dev.changeover.toxics.toxic.Direction.DOWNSTREAM;
import static dev.changeover.toxics.toxic.Direction.UPSTREAM;

import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import dev.changeover.toxics.catalog.FaultEffect.PlacedToxic;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import dev.changeover.toxics.toxic.Toxic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every named fault, in one visible place.
public final class Catalog {

    private static final Parameter WHOM =
            new Parameter("share", SHARE, "100%", "share of the requests that it strikes");

    private static final List<CatalogFault> FAULTS = List.of(
            new CatalogFault(
                    "region-outage",
                    "The region goes dark: connections open, and then nothing comes back, until it ends.",
                    "A four-hour regional outage of an only provider cost a team 12 % of a month's revenue.",
                    List.of(),
                    _ -> FaultEffect.ofToxics(
                            new PlacedToxic(new Toxic.Timeout(Duration.ZERO), UPSTREAM, 1),
                            new PlacedToxic(new Toxic.Timeout(Duration.ZERO), DOWNSTREAM, 1))),
            new CatalogFault(
                    "region-refused",
                    "The port refuses connections, and open ones are closed.",
                    "A provider's load balancer withdrawn from service: connection refused, at once.",
                    List.of(),
                    _ -> FaultEffect.refusing()),
            new CatalogFault(
                    "brownout-latency",
                    "Every chunk of every answer comes late.",
                    "Answers of a relay went from 200 ms to over 30 s the night that it broke.",
                    List.of(
                            new Parameter("latency", DURATION, "2s", "delay of each chunk"),
                            new Parameter("jitter", DURATION, "500ms", "the delay varies by up to this, either way")),
                    a -> FaultEffect.ofToxics(new PlacedToxic(
                            new Toxic.Latency(a.duration("latency"), a.duration("jitter")), DOWNSTREAM, 1))),
            new CatalogFault(
                    "connection-resets",
                    "Connections are reset soon after they are used.",
                    "Middleboxes and overloaded balancers that drop their connection tables.",
                    List.of(
                            new Parameter("after", DURATION, "0ms", "from the first bytes to the reset"),
                            new Parameter("toxicity", SHARE, "100%", "share of the connections that it strikes")),
                    a -> FaultEffect.ofToxics(new PlacedToxic(
                            new Toxic.ResetPeer(a.duration("after")), DOWNSTREAM, a.share("toxicity")))),
            new CatalogFault(
                    "brownout-empty",
                    "Requests are answered 200, with nothing in the answer.",
                    "A provider's brownout of January 2025: most failures were empty answers with a good status.",
                    List.of(WHOM),
                    a -> FaultEffect.ofHttp(new HttpFault.EmptyAnswer(), new Selection(a.share("share")))),
            new CatalogFault(
                    "intermittent-5xx",
                    "Some requests are answered 503.",
                    "The common face of a partial outage behind a load balancer.",
                    List.of(new Parameter("share", SHARE, "20%", "share of the requests that it strikes")),
                    a -> FaultEffect.ofHttp(
                            error(503, Map.of(), "The server is overloaded or not ready yet.", "service_unavailable"),
                            new Selection(a.share("share")))),
            new CatalogFault(
                    "rate-limit-storm",
                    "Requests are answered 429 with a Retry-After.",
                    "A migration's double traffic meets the new account's default limits.",
                    List.of(WHOM, new Parameter("retry_after", INTEGER, "2", "seconds that Retry-After asks for")),
                    a -> FaultEffect.ofHttp(
                            error(
                                    429,
                                    Map.of("retry-after", Integer.toString(a.notNegative("retry_after"))),
                                    "Rate limit reached, please try again later.",
                                    "rate_limit_exceeded"),
                            new Selection(a.share("share")))));

    private Catalog() {}

    /// In the order that a person should read them.
    public static List<CatalogFault> all() {
        return FAULTS;
    }

    /// The fault of exactly that name.
    public static Optional<CatalogFault> find(String name) {
        return FAULTS.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    private static HttpFault.Status error(int status, Map<String, String> headers, String message, String code) {
        return new HttpFault.Status(
                status,
                headers,
                "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}"
                        .formatted(message, code, code));
    }
}
