package dev.changeover.harness.provider;

import dev.changeover.harness.history.Event;
import dev.changeover.toxics.catalog.FaultEffect.StruckBy;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// A fault in force at one tap, until it is lifted, and the calls that wait for that.
final class InjectedFault {

    private final int index;
    private final String name;
    private final StruckBy struck;
    private final long sinceNanos;
    private final AtomicLong met = new AtomicLong();
    private final Set<Runnable> waiting = new HashSet<>();
    private boolean lifted;

    InjectedFault(int index, String name, StruckBy struck, long sinceNanos) {
        this.index = index;
        this.name = name;
        this.struck = struck;
        this.sinceNanos = sinceNanos;
    }

    int index() {
        return index;
    }

    Event.Strike strike() {
        return Event.Strike.of(index, name);
    }

    HttpFault fault() {
        return struck.fault();
    }

    Selection selection() {
        return struck.selection();
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /// Counts a call that meets every other condition; false once there were enough of them.
    boolean takes() {
        return selection().first().isEmpty()
                || met.getAndIncrement() < selection().first().getAsLong();
    }

    /// Runs it once the fault is lifted, on the thread that lifts it; at once when that has happened.
    void whenLifted(Runnable action) {
        synchronized (this) {
            if (!lifted) {
                waiting.add(action);
                return;
            }
        }
        action.run();
    }

    synchronized void forget(Runnable action) {
        waiting.remove(action);
    }

    synchronized boolean isLifted() {
        return lifted;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    void lift() {
        List<Runnable> released;
        synchronized (this) {
            lifted = true;
            released = List.copyOf(waiting);
            waiting.clear();
        }
        released.forEach(Runnable::run);
    }
}
