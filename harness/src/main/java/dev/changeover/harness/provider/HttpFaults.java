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
    private final Map<Integer, Injected> inForce = new ConcurrentSkipListMap<>();

    HttpFaults(long seed) {
        this.seed = seed;
    }

    record Injected(String name, StruckBy struck) {
        HttpFault fault() {
            return struck.fault();
        }
    }

    void inject(int index, String name, StruckBy struck) {
        inForce.put(index, new Injected(name, struck));
    }

    void lift(int index) {
        inForce.remove(index);
    }

    /// @param attempt at this request, from 1
    Optional<Injected> striking(TapRequest request, int attempt) {
        for (Map.Entry<Integer, Injected> entry : inForce.entrySet()) {
            StruckBy struck = entry.getValue().struck();
            if (concerns(struck.fault(), request)
                    && struck.selection().strikes(Hash.mix(seed, entry.getKey()), request.number(), attempt)) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    private static boolean concerns(HttpFault fault, TapRequest request) {
        return switch (fault) {
            case HttpFault.Status _ -> true;
            case HttpFault.EmptyAnswer _ -> request.chat().isPresent();
        };
    }
}
