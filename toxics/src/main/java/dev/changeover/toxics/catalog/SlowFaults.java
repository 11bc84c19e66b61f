package dev.changeover.toxics.catalog;

import static dev.changeover.toxics.catalog.CatalogFault.Plain.DURATION;
import static dev.changeover.toxics.catalog.CatalogFault.Plain.INTEGER;
import static dev.changeover.toxics.catalog.CatalogFault.Plain.RATE;
import static dev.changeover.toxics.toxic.Direction.DOWNSTREAM;
import static dev.changeover.toxics.toxic.Direction.UPSTREAM;

import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import dev.changeover.toxics.catalog.FaultEffect.PlacedToxic;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.toxic.Toxic;
import java.time.Duration;
import java.util.List;

/// Faults under which answers are good, and late.
final class SlowFaults {

    static final List<CatalogFault> ALL = List.of(
            new CatalogFault(
                    "brownout-latency",
                    "Every chunk of every answer comes late.",
                    "Answers of a relay went from 200 ms to over 30 s the night that it broke.",
                    List.of(
                            Parameter.given("latency", DURATION, "2s", "delay of each chunk"),
                            Parameter.given("jitter", DURATION, "500ms", "the delay varies by up to this, either way")),
                    a -> FaultEffect.ofToxics(new PlacedToxic(
                            new Toxic.Latency(a.duration("latency"), a.duration("jitter")), DOWNSTREAM, 1))),
            new CatalogFault(
                    "cross-region-latency",
                    "Every chunk takes longer, on its way there and on its way back.",
                    "A chat service in Singapore whose users and provider were 200 ms and more away.",
                    List.of(Parameter.given("latency", DURATION, "100ms", "delay each way")),
                    a -> FaultEffect.ofToxics(
                            new PlacedToxic(new Toxic.Latency(a.duration("latency"), Duration.ZERO), UPSTREAM, 1),
                            new PlacedToxic(new Toxic.Latency(a.duration("latency"), Duration.ZERO), DOWNSTREAM, 1))),
            new CatalogFault(
                    "bandwidth-squeeze",
                    "Answers come through a narrow link, each connection at its own rate.",
                    "A congested link; no public report of one before a model is known to us.",
                    List.of(Parameter.given("rate", RATE, "16KB/s", "of each connection")),
                    a -> FaultEffect.ofToxics(
                            new PlacedToxic(new Toxic.Bandwidth(a.kilobytesPerSecond("rate")), DOWNSTREAM, 1))),
            OnCalls.fault(
                    "slow-first-token",
                    "The provider takes completions up only after a delay; then they are answered as ever.",
                    "Complex requests that took 10 to 15 s met a client timeout of 30 s.",
                    List.of(Parameter.given("delay", DURATION, "5s", "before the answer begins")),
                    a -> new HttpFault.SlowFirstToken(a.duration("delay"))),
            OnCalls.fault(
                    "slow-drip",
                    "Events of a stream come one by one, each late; an answer that is not streamed comes in ten"
                            + " pieces.",
                    "Long healthy streams that a deadline for the whole of a stream killed (LiteLLM #19184).",
                    List.of(Parameter.given("gap", DURATION, "500ms", "between one and the next")),
                    a -> new HttpFault.SlowDrip(a.duration("gap"))),
            OnCalls.fault(
                    "stalled-stream",
                    "Answers stop inside, the connection stays open, and the rest comes once the fault is over; "
                            + "an answer that is not streamed comes once it is over.",
                    "A stream that hung for 6,000 s past every timeout that was set (LiteLLM #26939).",
                    List.of(Parameter.given("chunks", INTEGER, "3", "chunks with content that pass before")),
                    a -> new HttpFault.StalledStream(a.notNegative("chunks"))));

    private SlowFaults() {}
}
