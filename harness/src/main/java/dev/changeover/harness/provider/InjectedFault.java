package dev.changeover.harness.provider;

import dev.changeover.toxics.catalog.FaultEffect.StruckBy;
import dev.changeover.toxics.http.HttpFault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A fault in force at one tap, until it is lifted, and the calls that wait for that.
final class InjectedFault {

    private final String name;
    private final StruckBy struck;
    private final Set<Runnable> waiting = new HashSet<>();
    private boolean lifted;

    InjectedFault(String name, StruckBy struck) {
        this.name = name;
        this.struck = struck;
    }

    String name() {
        return name;
    }

    StruckBy struck() {
        return struck;
    }

    HttpFault fault() {
        return struck.fault();
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
