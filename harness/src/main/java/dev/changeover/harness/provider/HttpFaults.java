package dev.changeover.harness.provider;

import dev.changeover.harness.units.Hash;
import dev.changeover.toxics.catalog.FaultEffect.StruckBy;
import dev.changeover.toxics.http.HttpFault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The HTTP faults in force at one tap, by their index in the scenario. Of several that strike, the first does.
final class HttpFaults {

    private final long seed;
    private final Map<Integer, InjectedFault> inForce = new ConcurrentSkipListMap<>();

    HttpFaults(long seed) {
        this.seed = seed;
    }

    void inject(int index, String name, StruckBy struck) {
        inForce.put(index, new InjectedFault(name, struck));
    }

    void lift(int index) {
        Optional.ofNullable(inForce.remove(index)).ifPresent(InjectedFault::lift);
    }

    /// @param attempt at this request, from 1
    Optional<InjectedFault> striking(TapRequest request, int attempt) {
        for (Map.Entry<Integer, InjectedFault> entry : inForce.entrySet()) {
            StruckBy struck = entry.getValue().struck();
            if (concerns(struck.fault(), request)
                    && struck.selection().meets(Hash.mix(seed, entry.getKey()), request.asCall(attempt))) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    private static boolean concerns(HttpFault fault, TapRequest request) {
        return switch (fault) {
            case HttpFault.Status status when status.calls() == HttpFault.Calls.ALL -> true;
            case HttpFault.Unanswered _ -> true;
            case HttpFault.Late _, HttpFault.Instead _, HttpFault.Within _ ->
                request.chat().isPresent();
        };
    }
}
