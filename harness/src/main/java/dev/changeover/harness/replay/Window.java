package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The requests of a trace that arrived in the window, from its start (inclusive) to its end (exclusive),
/// each with its number in the window and the wall time at which it is due.
final class Window implements Iterator<Window.Arrival> {

    record Arrival(long number, long dueNanos, TraceRequest request) {}

    private final TraceReader trace;
    private final double speed;
    private final long fromNanos;
    private final long endNanos;
    private long number;
    private TraceRequest next;
    private boolean ended;

    Window(TraceReader trace, Traffic traffic) {
        this.trace = trace;
        this.speed = traffic.speed();
        this.fromNanos = traffic.from().toNanos();
        this.endNanos =
                traffic.length().map(length -> fromNanos + length.toNanos()).orElse(Long.MAX_VALUE);
    }

    /// Trace time to wall time.
    static long scaled(long traceNanos, double speed) {
        return speed == 1 ? traceNanos : Math.round(traceNanos / speed);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            if (!trace.hasNext()) {
                ended = true;
                return false;
            }
            TraceRequest request = trace.next();
            if (request.atNanos() >= endNanos) {
                ended = true;
            } else if (request.atNanos() >= fromNanos) {
                next = request;
            }
        }
        return next != null;
    }

    @Override
    public Arrival next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the window is over");
        }
        Arrival arrival = new Arrival(number++, scaled(next.atNanos() - fromNanos, speed), next);
        next = null;
        return arrival;
    }
}
