package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What stands between the clients and the providers: the system under test.
public sealed interface Gateway {

    /// Whether whoever calls the providers is ours, and not under test: then requests may be written anew for them.
    default boolean isOurs() {
        return switch (this) {
            case None _, Reference _ -> true;
            case Url _, Command _ -> false;
        };
    }

    /// Nothing: every request goes straight to both providers, in pairs.
    record None() implements Gateway {}

    /// One that is running already, and is pointed at our proxies by its owner.
    ///
    /// @param base up to and with `/v1`
    /// @param apiKey the name of the environment variable that holds the key it asks for
    /// @param health path of its health page; empty: it has none
    /// @param weights how it is told the new provider's share; empty: it cannot be
    record Url(URI base, Optional<String> apiKey, Optional<String> health, Optional<WeightMeans> weights)
            implements Gateway {}

    /// A program that is started for the run and stopped after it. `{{...}}` is filled in, in its arguments, its
    /// environment and its files: docs/scenario.md has the names.
    ///
    /// @param run program and arguments
    /// @param env variables added to this process's own
    /// @param files configuration, rendered before the start
    /// @param needs programs that have to be on the PATH
    /// @param base path before `/chat/completions`, `/v1`
    /// @param ready what says that it can serve
    /// @param stopWithin wall time that it is given to stop before it is killed
    /// @param health path of its health page; empty: it has none
    /// @param weights how it is told the new provider's share; empty: it cannot be
    record Command(
            List<String> run,
            Map<String, String> env,
            List<ConfigFile> files,
            List<String> needs,
            String base,
            Ready ready,
            Duration stopWithin,
            Optional<String> health,
            Optional<WeightMeans> weights)
            implements Gateway {
        public Command {
            run = List.copyOf(run);
            env = Maps.ordered(env);
            files = List.copyOf(files);
            needs = List.copyOf(needs);
            if (run.isEmpty()) {
                throw new IllegalArgumentException("run must name a program");
            }
            if (!stopWithin.isPositive()) {
                throw new IllegalArgumentException("stop_within must be > 0, got " + stopWithin);
            }
        }
    }

    /// @param template read as text, `{{...}}` filled in
    /// @param to relative: in a folder of the run's own; absolute: a file of the user's, put back afterwards
    record ConfigFile(Path template, Path to) {}

    /// @param path on the gateway that answers 200 when it can serve
    /// @param within wall time from the start
    record Ready(String path, Duration within) {
        public Ready {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("path must start with /, got '" + path + "'");
            }
            if (!within.isPositive()) {
                throw new IllegalArgumentException("within must be > 0, got " + within);
            }
        }
    }

    /// How a gateway is told the new provider's share. `{{weight.new}}` and `{{weight.old}}` are filled in, in per
    /// cent.
    sealed interface WeightMeans {

        /// @param method `PUT`, `POST`
        /// @param path on the gateway, outside its base
        record Http(String method, String path, String body) implements WeightMeans {}

        /// @param within wall time after which it hangs, and is killed
        record Run(List<String> command, Duration within) implements WeightMeans {
            public Run {
                command = List.copyOf(command);
            }
        }

        /// The gateway's files are rendered again, and it is sent a signal.
        ///
        /// @param signal `HUP`, `USR1`; empty: it watches its files
        record Reload(Optional<String> signal) implements WeightMeans {}
    }

    /// Ours.
    ///
    /// @param route arms in order of priority
    /// @param split which of them comes first for a request; empty: always the first of the route
    /// @param fallbackModels by the model asked for, others to try in order, at every provider, when it fails
    /// @param breaker empty: none
    /// @param health empty: no probes
    /// @param limits empty: none
    /// @param cache empty: none
    record Reference(
            List<Arm> route,
            Optional<Split> split,
            Map<String, List<String>> fallbackModels,
            Deadlines timeout,
            Retry retry,
            Optional<Breaker> breaker,
            Optional<Health> health,
            Trust trust,
            Optional<Limits> limits,
            Optional<Cache> cache,
            HealthPage healthPage)
            implements Gateway {
        public Reference {
            route = List.copyOf(route);
            fallbackModels = Maps.ordered(fallbackModels);
            if (route.isEmpty()) {
                throw new IllegalArgumentException("route must name at least one arm");
            }
            if (route.stream().distinct().count() != route.size()) {
                throw new IllegalArgumentException("route names an arm twice: " + route);
            }
            if (split.isPresent() && route.size() < 2) {
                throw new IllegalArgumentException("split needs both arms in the route, got " + route);
            }
        }

        /// As a rollout needs it: with a split, which keeps together what the rollout says, and gives the new
        /// provider nothing until it is told to.
        public Reference under(Rollout rollout) {
            Share toNew = split.map(Split::toNew).orElse(Share.NONE);
            return new Reference(
                    route,
                    Optional.of(new Split(toNew, rollout.sticky())),
                    fallbackModels,
                    timeout,
                    retry,
                    breaker,
                    health,
                    trust,
                    limits,
                    cache,
                    healthPage);
        }

        /// With nothing but a route and what happens on failure.
        public Reference(
                List<Arm> route,
                Deadlines timeout,
                Retry retry,
                Optional<Breaker> breaker,
                Optional<Health> health,
                Trust trust) {
            this(
                    route,
                    Optional.empty(),
                    Map.of(),
                    timeout,
                    retry,
                    breaker,
                    health,
                    trust,
                    Optional.empty(),
                    Optional.empty(),
                    HealthPage.LOOKS);
        }
    }

    /// @param toNew share of the traffic that is offered to the new provider first, until told otherwise
    /// @param sticky what stays where it was first given to
    record Split(Share toNew, Rollout.Sticky sticky) {}

    /// What the gateway takes for success.
    enum Trust {
        /// An answer that is complete and has something in it.
        CONTENT,
        /// A status of 200.
        STATUS
    }

    /// What `GET /health` says.
    enum HealthPage {
        /// 503 while no provider can be called.
        LOOKS,
        /// Always 200.
        BLIND
    }

    /// What may be sent on to the providers, over sliding minutes; what is over waits in a queue, and is turned away
    /// with a 429 and a Retry-After when the queue is full or it has waited too long.
    ///
    /// @param queue requests that may wait
    /// @param patience wall time that a request waits at most
    record Limits(OptionalLong requestsPerMinute, OptionalLong tokensPerMinute, int queue, Duration patience) {
        public Limits {
            if (requestsPerMinute.isEmpty() && tokensPerMinute.isEmpty()) {
                throw new IllegalArgumentException("rpm or tpm must be given");
            }
            if (requestsPerMinute.isPresent() && requestsPerMinute.getAsLong() < 1) {
                throw new IllegalArgumentException("rpm must be >= 1, got " + requestsPerMinute.getAsLong());
            }
            if (tokensPerMinute.isPresent() && tokensPerMinute.getAsLong() < 1) {
                throw new IllegalArgumentException("tpm must be >= 1, got " + tokensPerMinute.getAsLong());
            }
            if (queue < 0) {
                throw new IllegalArgumentException("queue must be >= 0, got " + queue);
            }
            if (patience.isNegative()) {
                throw new IllegalArgumentException("patience must be >= 0, got " + patience);
            }
        }
    }

    /// Complete answers kept for questions that are asked again.
    ///
    /// @param ttl wall time for which an answer is kept
    record Cache(Duration ttl, Key key) {
        public Cache {
            if (!ttl.isPositive()) {
                throw new IllegalArgumentException("ttl must be > 0, got " + ttl);
            }
        }

        /// What makes two questions the same.
        public enum Key {
            /// Everything but who asks.
            EXACT,
            /// Model and messages alone: different questions may get one answer.
            MESSAGES
        }
    }

    /// @param max further tries after the first, within the scope
    /// @param backoff ceiling of the wait before the first retry
    /// @param cap of that ceiling as it grows; empty: the request's whole time
    /// @param factor by which the ceiling grows
    /// @param jitter whether the wait is drawn from zero to the ceiling (full) or is the ceiling (none)
    /// @param on which errors are tried again
    /// @param scope what `max` counts within
    /// @param retryAfter whether a provider's Retry-After is heeded
    record Retry(
            int max,
            Duration backoff,
            Optional<Duration> cap,
            double factor,
            Jitter jitter,
            On on,
            Scope scope,
            boolean retryAfter) {
        public static final Retry DEFAULT = new Retry(3, Duration.ofMillis(200), 2, Jitter.FULL);

        public Retry {
            if (max < 0 || max > 100) {
                throw new IllegalArgumentException("max must be 0 to 100, got " + max);
            }
            if (backoff.isNegative()) {
                throw new IllegalArgumentException("backoff must be >= 0, got " + backoff);
            }
            if (cap.isPresent() && cap.get().compareTo(backoff) < 0) {
                throw new IllegalArgumentException("cap (%s) must be >= backoff (%s)".formatted(cap.get(), backoff));
            }
            if (!(factor >= 1 && factor <= 100)) {
                throw new IllegalArgumentException("factor must be 1 to 100, got " + factor);
            }
        }

        /// Of curable errors, over all providers together.
        public Retry(int max, Duration backoff, double factor, Jitter jitter) {
            this(max, backoff, Optional.empty(), factor, jitter, On.CURABLE, Scope.REQUEST, true);
        }

        public enum Jitter {
            FULL,
            NONE
        }

        public enum On {
            /// What another try may cure.
            CURABLE,
            /// Everything, a refused key included.
            ANY
        }

        public enum Scope {
            /// All tries of a request, wherever they go; after a failure the next provider comes first.
            REQUEST,
            /// The tries at each provider and model, one after the other, all of them before the next.
            CANDIDATE
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
