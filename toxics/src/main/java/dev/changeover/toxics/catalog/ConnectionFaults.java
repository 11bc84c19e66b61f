package dev.changeover.toxics.catalog;

import static dev.changeover.toxics.catalog.CatalogFault.Plain.DURATION;
import static dev.changeover.toxics.catalog.CatalogFault.Plain.SHARE;
import static dev.changeover.toxics.toxic.Direction.DOWNSTREAM;
import static dev.changeover.toxics.toxic.Direction.UPSTREAM;

import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import dev.changeover.toxics.catalog.FaultEffect.PlacedToxic;
import dev.changeover.toxics.catalog.FaultEffect.Pulse;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.toxic.Toxic;
import java.time.Duration;
import java.util.List;

/// Faults that keep requests from being answered at all.
final class ConnectionFaults {

    static final List<CatalogFault> ALL = List.of(
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
                    "flapping",
                    "The port refuses connections and accepts them again, in turns.",
                    "Health checks that went up and down with their target, until all of it was taken for dead.",
                    List.of(
                            Parameter.given("down", DURATION, "2s", "how long it refuses, in wall time"),
                            Parameter.given("up", DURATION, "2s", "how long it accepts, in wall time")),
                    a -> FaultEffect.refusing().pulsing(new Pulse(a.duration("down"), a.duration("up")))),
            new CatalogFault(
                    "connection-resets",
                    "Connections are reset when an answer begins to come back on them, and the answer is lost.",
                    "Middleboxes and overloaded balancers that drop their connection tables.",
                    List.of(
                            Parameter.given("after", DURATION, "0ms", "from the answer's first bytes to the reset"),
                            Parameter.given("toxicity", SHARE, "100%", "share of the connections that it strikes")),
                    a -> FaultEffect.ofToxics(new PlacedToxic(
                            new Toxic.ResetPeer(a.duration("after")), DOWNSTREAM, a.share("toxicity")))),
            OnCalls.fault(
                    "half-open",
                    "Connections opened before it swallow what is sent on them, and are reset once it is over; new"
                            + " ones are good.",
                    "A host that was replaced, while its clients kept to the connections they had.",
                    List.of(),
                    _ -> new HttpFault.DeadConnections()),
            OnCalls.fault(
                    "stale-keepalive",
                    "A connection that was idle for a while is closed when the next call comes on it.",
                    "Gateways that answered 500 for the first requests after a quiet minute.",
                    List.of(Parameter.given("idle", DURATION, "1s", "how long, in wall time")),
                    a -> new HttpFault.StaleConnections(a.duration("idle"))),
            new CatalogFault(
                    "slow-close",
                    "Connections that end stay open for a while longer; their data is not late.",
                    "Aborted streams that held on to their connections and starved the pool (LiteLLM #19549).",
                    List.of(Parameter.given("delay", DURATION, "5s", "from the end to the close")),
                    a -> FaultEffect.ofToxics(
                            new PlacedToxic(new Toxic.SlowClose(a.duration("delay")), DOWNSTREAM, 1))));

    private ConnectionFaults() {}
}
