package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Hash;
import java.time.Duration;
import java.util.SplittableRandom;

/// How long to wait before trying again. The ceiling grows by a factor from round to round up to a cap; with
/// full jitter the wait is anywhere between nothing and the ceiling (Brooker, "Exponential Backoff And Jitter", 2015).
/// It is addressed, not rolled: seed, request and round decide it, never the order in which requests come.
public final class Backoff {

    private final Gateway.Retry settings;
    private final long capNanos;
    private final long seed;

    /// @param total a request's whole time, which caps the ceiling where the settings do not
    public Backoff(Gateway.Retry settings, Duration total, long seed) {
        this.settings = settings;
        this.capNanos = settings.cap().orElse(total).toNanos();
        this.seed = seed;
    }

    /// Nanoseconds to wait.
    ///
    /// @param request any number that tells requests apart
    /// @param round how often all of it has been tried, from 1
    public long nanos(long request, int round) {
        double ceiling = Math.min(capNanos, settings.backoff().toNanos() * Math.pow(settings.factor(), round - 1));
        return switch (settings.jitter()) {
            case NONE -> (long) ceiling;
            case FULL -> (long) (new SplittableRandom(Hash.mix(seed, request, round)).nextDouble() * ceiling);
        };
    }
}
