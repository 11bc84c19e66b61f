package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.gateway.policy.ProviderBreaker.Pass;
import dev.changeover.harness.gateway.policy.ProviderBreaker.Sign;
import dev.changeover.harness.gateway.policy.ProviderBreaker.State;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A breaker for each provider of a route; without settings, none of them ever opens.
public final class Breakers {

    /// Told of every change of state.
    @FunctionalInterface
    public interface Watcher {
        void changed(Arm arm, State from, State to, long nowNanos);
    }

    private static final Optional<Pass> FREE = Optional.of(new Pass(0));

    private final Map<Arm, ProviderBreaker> breakers = new EnumMap<>(Arm.class);

    public Breakers(List<Arm> route, Optional<Gateway.Breaker> settings, Watcher watcher) {
        settings.ifPresent(s -> route.forEach(arm -> breakers.put(
                arm, new ProviderBreaker(s, (from, to, nowNanos) -> watcher.changed(arm, from, to, nowNanos)))));
    }

    public Optional<Pass> admit(Arm arm, long nowNanos) {
        ProviderBreaker breaker = breakers.get(arm);
        return breaker == null ? FREE : breaker.admit(nowNanos);
    }

    public boolean admits(Arm arm, long atNanos) {
        ProviderBreaker breaker = breakers.get(arm);
        return breaker == null || breaker.admits(atNanos);
    }

    public long admitsFromNanos(Arm arm, long nowNanos) {
        ProviderBreaker breaker = breakers.get(arm);
        return breaker == null ? nowNanos : breaker.admitsFromNanos(nowNanos);
    }

    public void settle(Arm arm, Pass pass, Sign sign, long nowNanos) {
        ProviderBreaker breaker = breakers.get(arm);
        if (breaker != null) {
            breaker.settle(pass, sign, nowNanos);
        }
    }

    /// Whether calls are let through, if only a few to try: a breaker that has been open for its time counts as one
    /// that
    /// may be tried.
    public boolean callable(Arm arm, long nowNanos) {
        return state(arm) != State.OPEN || admits(arm, nowNanos);
    }

    public State state(Arm arm) {
        ProviderBreaker breaker = breakers.get(arm);
        return breaker == null ? State.CLOSED : breaker.state();
    }
}
