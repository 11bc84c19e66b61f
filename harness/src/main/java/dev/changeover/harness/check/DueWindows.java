package dev.changeover.harness.check;

import java.util.ArrayList;
import java.util.List;

/// Requests in the order in which they were due, cut into windows of at least 50 requests and one
/// second, the first of which starts at a given time. What is left at the end and is too small joins
/// the window before it.
final class DueWindows {

    static final int FEWEST_REQUESTS = 50;
    static final long SHORTEST_NANOS = 1_000_000_000L;

    /// @param hits requests of which something was so
    record Window(long fromNanos, long toNanos, int requests, int hits) {

        boolean large() {
            return requests >= FEWEST_REQUESTS && toNanos - fromNanos >= SHORTEST_NANOS;
        }
    }

    private final List<Window> windows = new ArrayList<>();
    private long fromNanos;
    private int requests;
    private int hits;

    DueWindows(long fromNanos) {
        this.fromNanos = fromNanos;
    }

    /// Takes the next request. Due times must not fall.
    void add(long dueNanos, boolean hit) {
        if (requests >= FEWEST_REQUESTS && dueNanos - fromNanos >= SHORTEST_NANOS) {
            close(dueNanos);
        }
        requests++;
        hits += hit ? 1 : 0;
    }

    private void close(long toNanos) {
        windows.add(new Window(fromNanos, toNanos, requests, hits));
        fromNanos = toNanos;
        requests = 0;
        hits = 0;
    }

    /// Ends the last window; the list is empty when not even one was large enough.
    List<Window> until(long endNanos) {
        close(Math.max(endNanos, fromNanos));
        Window last = windows.removeLast();
        if (last.large()) {
            windows.add(last);
        } else if (!windows.isEmpty()) {
            Window before = windows.removeLast();
            windows.add(new Window(
                    before.fromNanos(),
                    last.toNanos(),
                    before.requests() + last.requests(),
                    before.hits() + last.hits()));
        }
        return List.copyOf(windows);
    }
}
