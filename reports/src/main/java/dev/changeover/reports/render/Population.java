package dev.changeover.reports.render;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.util.OptionalDouble;

/// Which times a chart draws, as the metrics define them: the served, and those whose end is not known, no earlier
/// than the end of the caller's patience. Milliseconds.
///
/// @param patienceMillis of the caller, in all
record Population(double patienceMillis) {

    OptionalDouble latency(Event.Request request) {
        double millis = request.timing().latencyNanos() / 1e6;
        return switch (request.outcome()) {
            case Outcome.Served _ -> OptionalDouble.of(millis);
            case Outcome.Failed(ErrorKind kind)
            when kind.mayBeBilled() -> OptionalDouble.of(Math.max(millis, patienceMillis));
            case Outcome.Failed _, Outcome.Cancelled _ -> OptionalDouble.empty();
        };
    }

    /// Of streams that were served.
    OptionalDouble firstToken(Event.Request request) {
        return request.stream()
                        && request.outcome().isServed()
                        && request.timing().ttftNanos().isPresent()
                ? OptionalDouble.of(request.timing().ttftNanos().getAsLong() / 1e6)
                : OptionalDouble.empty();
    }

    /// The side that a request was sent to: `old`, `new` or `gateway`.
    static String side(Event.Request request) {
        return request.arm().map(Arm::word).orElse("gateway");
    }
}
