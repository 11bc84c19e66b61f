package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;

/// How much of the planned timeline a run came through.
final class RunSpan {

    private RunSpan() {}

    /// From t0 to the end of the timeline, or to where the run ended before it.
    static long nanos(History history) {
        long planned = history.spanNanos();
        if (history.ended().isPresent()) {
            return Math.min(planned, history.ended().get().atNanos());
        }
        long last = 0;
        for (Event.Request request : history.requests()) {
            last = Math.max(last, request.timing().dueNanos());
        }
        return Math.min(planned, last);
    }
}
