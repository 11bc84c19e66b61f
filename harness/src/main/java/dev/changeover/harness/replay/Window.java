package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.units.Hash;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The requests of a trace that arrived in the window, from its start (inclusive) to its end (exclusive),
/// each with its number in the window and the wall time at which it is due. Of a sample, conversations are taken
/// whole or not at all, by their name and the seed; a request without one by its place in the trace. What is left
/// out keeps its number.
final class Window implements Iterator<Window.Arrival> {

    private static final long SAMPLE_SALT = 0x73616d706c65L;

    record Arrival(long number, long dueNanos, TraceRequest request) {}

    private final TraceReader trace;
    private final double speed;
    private final long fromNanos;
    private final long endNanos;
    private final double sample;
    private final long seed;
    private long place;
    private long arrived;
    private TraceRequest next;
    private boolean ended;

    Window(TraceReader trace, Traffic traffic, long seed) {
        this.trace = trace;
        this.seed = seed;
        this.speed = traffic.speed();
        this.sample = traffic.sample().value();
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
            place++;
            if (request.atNanos() >= endNanos) {
                ended = true;
            } else if (request.atNanos() >= fromNanos) {
                arrived++;
                next = sampled(request) ? request : null;
            }
        }
        return next != null;
    }

    /// How many arrived so far, those left out too.
    long arrived() {
        return arrived;
    }

    private boolean sampled(TraceRequest request) {
        if (sample == 1) {
            return true;
        }
        long which = request.conversation().map(Hash::of).orElse(place);
        return Hash.unit(Hash.mix(seed, SAMPLE_SALT, which)) < sample;
    }

    @Override
    public Arrival next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the window is over");
        }
        Arrival arrival = new Arrival(arrived - 1, scaled(next.atNanos() - fromNanos, speed), next);
        next = null;
        return arrival;
    }
}
