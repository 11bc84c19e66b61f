package dev.changeover.harness.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// A request made ready, with one exchange for each target, to begin one right after the other. Once it is handed
/// to its lane it is confined to the lane's loop; what [Admission] keeps of it is guarded there.
final class Departure implements Comparable<Departure> {

    private final Lane lane;
    private final ScheduledRequest request;
    private final LongConsumer over;
    private final List<Exchange> exchanges = new ArrayList<>(2);
    private long dueNanos;
    private OptionalLong releasedNanos = OptionalLong.empty();
    private int open;

    /// @param request without its body
    /// @param over told when the last of its exchanges ended, on the lane's loop; not when it was dropped
    Departure(Lane lane, ScheduledRequest request, LongConsumer over) {
        this.lane = lane;
        this.request = request;
        this.over = over;
        this.dueNanos = request.dueNanos();
    }

    void add(Exchange exchange) {
        exchanges.add(exchange);
        open++;
    }

    /// Before it is handed over: of a caller who knows only then when he is ready.
    void dueAt(long nanos) {
        dueNanos = nanos;
    }

    /// It was held back, and may go now.
    void releasedAt(long nanos) {
        releasedNanos = OptionalLong.of(nanos);
    }

    /// One of its exchanges ended.
    ///
    /// @return whether it was the last of them
    boolean ended() {
        open--;
        return open == 0;
    }

    /// All of it is over.
    void over(long nanos) {
        over.accept(nanos);
    }

    Lane lane() {
        return lane;
    }

    ScheduledRequest request() {
        return request;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    long dueNanos() {
        return dueNanos;
    }

    OptionalLong releasedNanos() {
        return releasedNanos;
    }

    /// By when they are due, then by number.
    @Override
    public int compareTo(Departure other) {
        int byDue = Long.compare(dueNanos, other.dueNanos);
        return byDue != 0
                ? byDue
                : Long.compare(request.id().number(), other.request.id().number());
    }
}
