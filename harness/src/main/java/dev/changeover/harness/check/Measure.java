package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.wire.Outcome;
import java.util.OptionalLong;

/// A time that is taken of each request, in milliseconds, and of which requests it is taken.
///
/// Latency and service time are taken of what was served and, censored at the caller's deadline, of
/// what may have been: dropping those would make a provider that hangs look quick. Errors that were
/// answered are not in it: a quick refusal is not a fast answer. What was given up before it was sent has no service
/// time, and waited at least until then for its first token.
public enum Measure {
    /// From due to the last byte.
    LATENCY,
    /// From sent to the last byte.
    SERVICE,
    /// From due to the first token; of streams only.
    TTFT,
    /// A stream's own 95th percentile of the gaps between its chunks with content; of streams that were
    /// served.
    ITL,
    /// The time of an output token after the first; of served streams with two or more tokens.
    TPOT;

    /// The value, or the deadline at which it is censored; NaN when the request is not in the population.
    double millis(Event.Exchange row, Deadlines patience) {
        Event.Timing timing = row.timing();
        if (timing.neverSent() && (this == SERVICE || this == TTFT)) {
            return this == TTFT && row.stream() && censored(row) ? timing.latencyNanos() / 1e6 : Double.NaN;
        }
        boolean censored = censored(row);
        if (!censored && !row.outcome().isServed() && !(this == TTFT && givenUp(row.outcome()))) {
            return Double.NaN;
        }
        return switch (this) {
            case LATENCY -> censored ? deadline(timing.dueNanos(), timing, patience) : timing.latencyNanos() / 1e6;
            case SERVICE -> censored ? deadline(timing.sentNanos(), timing, patience) : timing.serviceNanos() / 1e6;
            case TTFT ->
                !row.stream()
                        ? Double.NaN
                        : censored
                                ? firstTokenDeadline(timing, patience)
                                : timing.ttftNanos().isPresent()
                                        ? timing.ttftNanos().getAsLong() / 1e6
                                        : Double.NaN;
            case ITL -> row.gaps().map(g -> g.p95Nanos() / 1e6).orElse(Double.NaN);
            case TPOT -> tokenTime(row);
        };
    }

    /// Whether the value is only known to be the deadline or more.
    boolean censored(Event.Exchange row) {
        return switch (this) {
            case LATENCY, SERVICE -> givenUp(row.outcome());
            case TTFT ->
                givenUp(row.outcome()) && row.timing().firstTokenNanos().isEmpty();
            case ITL, TPOT -> false;
        };
    }

    private static boolean givenUp(Outcome outcome) {
        return outcome instanceof Outcome.Failed(var kind) && kind.mayBeBilled();
    }

    /// The caller's whole patience runs from when a request was due, also while it waits to be sent.
    private static double deadline(long fromNanos, Event.Timing timing, Deadlines patience) {
        return (Math.max(totalNanos(timing, patience), timing.doneNanos()) - fromNanos) / 1e6;
    }

    private static double firstTokenDeadline(Event.Timing timing, Deadlines patience) {
        long firstToken = timing.sentNanos() + patience.firstToken().toNanos();
        long deadline = Math.min(firstToken, totalNanos(timing, patience));
        return (Math.max(deadline, timing.doneNanos()) - timing.dueNanos()) / 1e6;
    }

    private static long totalNanos(Event.Timing timing, Deadlines patience) {
        return timing.dueNanos() + patience.total().toNanos();
    }

    private static double tokenTime(Event.Exchange row) {
        Event.Timing timing = row.timing();
        OptionalLong tokens = row.usage().output().isPresent() ? row.usage().output() : row.countedOutput();
        if (!row.stream()
                || timing.firstTokenNanos().isEmpty()
                || timing.lastTokenNanos().isEmpty()
                || tokens.orElse(0) < 2) {
            return Double.NaN;
        }
        long nanos =
                timing.lastTokenNanos().getAsLong() - timing.firstTokenNanos().getAsLong();
        return nanos / 1e6 / (tokens.getAsLong() - 1);
    }
}
