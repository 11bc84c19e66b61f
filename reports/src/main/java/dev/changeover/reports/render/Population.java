package dev.changeover.reports.render;

import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.Selection;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.util.List;
import java.util.OptionalDouble;

/// Which times a chart draws, as the metrics define them: the served, and those whose end is not known, no earlier
/// than the end of the caller's patience. Milliseconds.
///
/// @param patienceMillis of the caller, in all
record Population(double patienceMillis) {

    OptionalDouble latency(Event.Request request) {
        return latency(request.timing(), request.outcome());
    }

    OptionalDouble latency(Event.UpstreamCall call) {
        return latency(call.timing(), call.outcome());
    }

    private OptionalDouble latency(Event.Timing timing, Outcome outcome) {
        double millis = timing.latencyNanos() / 1e6;
        return switch (outcome) {
            case Outcome.Served _ -> OptionalDouble.of(millis);
            case Outcome.Failed(ErrorKind kind)
            when kind.mayBeBilled() -> OptionalDouble.of(Math.max(millis, patienceMillis));
            case Outcome.Failed _, Outcome.Cancelled _ -> OptionalDouble.empty();
        };
    }

    /// Of streams that were served.
    OptionalDouble firstToken(Event.Request request) {
        return request.stream() ? firstToken(request.timing(), request.outcome()) : OptionalDouble.empty();
    }

    OptionalDouble firstToken(Event.UpstreamCall call) {
        return call.stream() ? firstToken(call.timing(), call.outcome()) : OptionalDouble.empty();
    }

    private static OptionalDouble firstToken(Event.Timing timing, Outcome outcome) {
        return outcome.isServed() && timing.ttftNanos().isPresent()
                ? OptionalDouble.of(timing.ttftNanos().getAsLong() / 1e6)
                : OptionalDouble.empty();
    }

    /// Behind a gateway, what reached the providers outside of faults; nothing where the clients saw each arm.
    static List<Event.UpstreamCall> calmCalls(Judgement judgement, History history) {
        if (judgement.scenario().gateway() instanceof Gateway.None) {
            return List.of();
        }
        return Selection.where(
                history.ledger(),
                call -> call.id().filter(id -> id.purpose() == Purpose.REQUEST).isPresent()
                        && judgement.faults().stream().noneMatch(fault -> during(fault, call)));
    }

    private static boolean during(FaultSummary fault, Event.UpstreamCall call) {
        double millis = call.timing().dueNanos() / 1e6;
        return millis >= fault.fromMillis() && millis < fault.toMillis().orElse(Double.POSITIVE_INFINITY);
    }

    /// The side that a request was sent to: `old`, `new` or `gateway`.
    static String side(Event.Request request) {
        return request.arm().map(Arm::word).orElse("gateway");
    }
}
