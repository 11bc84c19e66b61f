package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.CallPlan;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.units.Arm;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the gateway says of itself: the models it offers, and how its providers are.
final class Status {

    private final List<Arm> route;
    private final Set<String> names = new TreeSet<>();
    private final Buffer models;

    Status(List<Arm> route, Map<Arm, ReferenceGateway.Upstream> upstreams) {
        this.route = route;
        route.forEach(arm -> names.addAll(namesOf(upstreams.get(arm).provider())));
        this.models = Replies.json(Map.of(
                "object",
                "list",
                "data",
                names.stream()
                        .map(name -> new TreeMap<>(Map.of("id", name, "object", "model", "owned_by", "changeover")))
                        .toList()));
    }

    Buffer models() {
        return models;
    }

    /// The names of models that callers may use, as far as they are known.
    Set<String> names() {
        return names;
    }

    /// Whether a provider can be called now. Traffic is sent on to ill ones when all are ill; that does not make them
    /// well.
    boolean canServe(CallPlan.Shared policy, long nowNanos) {
        return route.stream()
                .anyMatch(
                        arm -> policy.health().healthy(arm) && policy.breakers().callable(arm, nowNanos));
    }

    Buffer health(CallPlan.Shared policy, boolean well) {
        Map<String, Map<String, String>> providers = new TreeMap<>();
        for (Arm arm : route) {
            Map<String, String> states = new TreeMap<>();
            states.put("breaker", policy.breakers().state(arm).word());
            states.put("health", healthWord(policy.health().healthy(arm)));
            providers.put(arm.word(), states);
        }
        return Replies.json(new TreeMap<>(Map.of("status", well ? "ok" : "unavailable", "providers", providers)));
    }

    static String healthWord(boolean healthy) {
        return healthy ? "healthy" : "unhealthy";
    }

    /// The names that callers use; without a map, what a simulated provider serves.
    private static Set<String> namesOf(Provider provider) {
        if (!provider.models().isEmpty()) {
            return provider.models().keySet();
        }
        return switch (provider.source()) {
            case Provider.Source.Simulated(var profile) -> profile.models();
            case Provider.Source.Fitted(var profile) -> profile.models();
            case Provider.Source.Stubbed _, Provider.Source.Real _ -> Set.of();
        };
    }
}
