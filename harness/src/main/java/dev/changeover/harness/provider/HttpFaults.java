package dev.changeover.harness.provider;

import dev.changeover.harness.units.Hash;
import dev.changeover.toxics.catalog.FaultEffect.StruckBy;
import dev.changeover.toxics.http.HttpFault;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// The HTTP faults in force at one tap, in the order in which they were put in force.
final class HttpFaults {

    private final long seed;
    private final List<InjectedFault> inForce = new CopyOnWriteArrayList<>();

    HttpFaults(long seed) {
        this.seed = seed;
    }

    /// One that is in force under the same index is lifted first.
    synchronized void inject(int index, String name, StruckBy struck, long nowNanos) {
        lift(index);
        inForce.add(new InjectedFault(index, name, struck, nowNanos));
    }

    synchronized void lift(int index) {
        for (InjectedFault fault : inForce) {
            if (fault.index() == index) {
                inForce.remove(fault);
                fault.lift();
            }
        }
    }

    /// How many calls wait for one of them to be lifted.
    int waiting() {
        return inForce.stream().mapToInt(InjectedFault::waiting).sum();
    }

    /// What strikes a call that has just arrived in full. A fault that strikes only the first calls counts those that
    /// it is left to act on.
    Strikes striking(Arrival call) {
        if (inForce.isEmpty()) {
            return Strikes.NONE;
        }
        return of(HttpFault.Unanswered.class, call)
                .findFirst()
                .map(Strikes::unanswered)
                .orElseGet(() -> answered(call));
    }

    /// A call as faults see it.
    ///
    /// @param attempt at the request, from 1
    record Arrival(TapRequest request, int attempt, ClientConnection connection, long nanos) {}

    private Strikes answered(Arrival call) {
        List<Strike<HttpFault.Late>> late = of(HttpFault.Late.class, call).toList();
        Optional<Strike<HttpFault.Instead>> instead =
                of(HttpFault.Instead.class, call).findFirst();
        return new Strikes(
                Optional.empty(),
                late,
                instead,
                instead.isPresent()
                        ? List.of()
                        : of(HttpFault.Within.class, call).toList());
    }

    private <F extends HttpFault> Stream<Strike<F>> of(Class<F> kind, Arrival call) {
        return inForce.stream()
                .filter(injected -> kind.isInstance(injected.fault()) && strikes(injected, call))
                .map(injected -> new Strike<>(injected, kind.cast(injected.fault())));
    }

    private boolean strikes(InjectedFault injected, Arrival call) {
        return concerns(injected, call)
                && injected.selection()
                        .meets(Hash.mix(seed, injected.index()), call.request().asCall(call.attempt()))
                && injected.takes();
    }

    private static boolean concerns(InjectedFault injected, Arrival call) {
        return switch (injected.fault()) {
            case HttpFault.DeadConnections() -> call.connection().openedNanos() < injected.sinceNanos();
            case HttpFault.StaleConnections(var idle) ->
                call.nanos() - call.connection().idleSinceNanos() >= idle.toNanos();
            case HttpFault.Status status when status.calls() == HttpFault.Calls.ALL -> true;
            case HttpFault.Late _, HttpFault.Instead _, HttpFault.Within _ ->
                call.request().chat().isPresent();
        };
    }
}
