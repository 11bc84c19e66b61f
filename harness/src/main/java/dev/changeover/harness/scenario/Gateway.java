package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What stands between the clients and the providers: the system under test.
public sealed interface Gateway {

    /// Nothing: every request goes straight to both providers, in pairs.
    record None() implements Gateway {}

    /// Ours.
    ///
    /// @param route arms in order of priority
    /// @param breaker empty: none
    /// @param health empty: no probes
    record Reference(
            List<Arm> route,
            Deadlines timeout,
            Retry retry,
            Optional<Breaker> breaker,
            Optional<Health> health,
            Trust trust)
            implements Gateway {
        public Reference {
            route = List.copyOf(route);
            if (route.isEmpty()) {
                throw new IllegalArgumentException("route must name at least one arm");
            }
            if (route.stream().distinct().count() != route.size()) {
                throw new IllegalArgumentException("route names an arm twice: " + route);
            }
        }
    }

    /// What the gateway takes for success.
    enum Trust {
        /// An answer that is complete and has something in it.
        CONTENT,
        /// A status of 200.
        STATUS
    }

    /// @param max further tries after the first, over all providers together
    /// @param backoff ceiling of the wait before the first retry
    /// @param factor by which the ceiling grows
    /// @param jitter whether the wait is drawn from zero to the ceiling (full) or is the ceiling (none)
    record Retry(int max, Duration backoff, double factor, Jitter jitter) {
        public static final Retry DEFAULT = new Retry(3, Duration.ofMillis(200), 2, Jitter.FULL);

        public Retry {
            if (max < 0 || max > 100) {
                throw new IllegalArgumentException("max must be 0 to 100, got " + max);
            }
            if (backoff.isNegative()) {
                throw new IllegalArgumentException("backoff must be >= 0, got " + backoff);
            }
            if (!(factor >= 1 && factor <= 100)) {
                throw new IllegalArgumentException("factor must be 1 to 100, got " + factor);
            }
        }

        public enum Jitter {
            FULL,
            NONE
        }
    }

    /// @param failures in a row that open it
    /// @param open how long it stays open
    /// @param halfOpen calls let through to try, all of which must succeed to close it
    record Breaker(int failures, Duration open, int halfOpen) {
        public Breaker {
            if (failures < 1 || halfOpen < 1) {
                throw new IllegalArgumentException(
                        "failures and half_open must be >= 1, got %d and %d".formatted(failures, halfOpen));
            }
            if (!open.isPositive()) {
                throw new IllegalArgumentException("open must be > 0, got " + open);
            }
        }
    }

    /// Asks `GET /v1/models` of each provider.
    record Health(Duration every, Duration timeout) {
        public Health {
            if (!every.isPositive() || !timeout.isPositive()) {
                throw new IllegalArgumentException(
                        "every and timeout must be > 0, got %s and %s".formatted(every, timeout));
            }
        }
    }
}
