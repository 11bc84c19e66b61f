package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.TraceReader;

/// What a schedule will hold, counted without making its bodies.
///
/// @param requests due in the window
/// @param spanNanos wall time from t0 to the end of the window; to the last request where the window is
///     open
/// @param lastDueNanos when the last of them is due, since t0
/// @param inputTokens of those requests that say
/// @param outputTokens of those requests that say
/// @param generatedBodies how many of the requests come without a body of their own
public record SchedulePlan(
        long requests, long spanNanos, long lastDueNanos, long inputTokens, long outputTokens, long generatedBodies) {

    /// Counts a window in one pass; the reader is left to its owner to close.
    public static SchedulePlan of(TraceReader trace, Traffic traffic) {
        Window window = new Window(trace, traffic);
        long requests = 0;
        long input = 0;
        long output = 0;
        long generated = 0;
        long lastDue = 0;
        while (window.hasNext()) {
            Window.Arrival arrival = window.next();
            requests++;
            input += arrival.request().inputTokens().orElse(0);
            output += arrival.request().outputTokens().orElse(0);
            generated += arrival.request().body().isPresent() ? 0 : 1;
            lastDue = arrival.dueNanos();
        }
        long span = traffic.length()
                .map(length -> Window.scaled(length.toNanos(), traffic.speed()))
                .orElse(lastDue);
        return new SchedulePlan(requests, span, lastDue, input, output, generated);
    }
}
