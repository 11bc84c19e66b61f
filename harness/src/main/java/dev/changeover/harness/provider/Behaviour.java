package dev.changeover.harness.provider;

import dev.changeover.harness.measurement.Drawn;
import dev.changeover.harness.measurement.Failure;
import dev.changeover.harness.measurement.Fit;
import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.ErrorKind;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// What one request meets at a simulated provider.
///
/// @param failure empty: it is served
/// @param words picks the words of the answer
record Behaviour(long ttftNanos, double nanosPerToken, int tokens, Optional<Failure> failure, long words) {

    private static final Failure SERVER_ERROR =
            new Failure(ErrorKind.SERVER_ERROR, OptionalInt.of(500), OptionalLong.empty());

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double Z99 = NORMAL.inverseCumulativeProbability(0.99);
    private static final double USUAL_TOKENS = 150;
    private static final double TOKENS_SIGMA = 0.8;
    private static final int MOST_TOKENS = 4096;

    /// Drawn by seed, request and occurrence, never by arrival. Times to first token are lognormal:
    /// `p50 * exp(sigma * z)` with `sigma = ln(p99 / p50) / z(0.99)`.
    static Behaviour of(SimulatedProfile profile, long seed, long digest, int occurrence, OptionalInt maxTokens) {
        long address = Hash.mix(seed, digest, occurrence);
        double p50 = profile.ttftP50().toNanos();
        double sigma = Math.log(profile.ttftP99().toNanos() / p50) / Z99;
        double rate = profile.tokensPerSecond() * Math.exp(profile.jitter() * normal(address, 2));
        boolean fails = Hash.unit(Hash.mix(address, 4)) < profile.errors().value();
        return new Behaviour(
                (long) (p50 * Math.exp(sigma * normal(address, 1))),
                1e9 / rate,
                maxTokens.orElseGet(() -> usualTokens(address)),
                fails ? Optional.of(SERVER_ERROR) : Optional.empty(),
                Hash.mix(address, 5));
    }

    /// Drawn by the same, and for an incident by the time of the run.
    ///
    /// @param runNanos since t0
    static Behaviour of(Fit fit, long seed, long digest, int occurrence, OptionalInt maxTokens, long runNanos) {
        long address = Hash.mix(seed, digest, occurrence);
        Drawn drawn = fit.draw(address, runNanos);
        int tokens = maxTokens.orElseGet(() -> drawn.tokens().orElseGet(() -> usualTokens(address)));
        return new Behaviour(
                (long) drawn.ttftNanos(), drawn.nanosPerToken(), tokens, drawn.failure(), Hash.mix(address, 5));
    }

    private static int usualTokens(long address) {
        double usual = USUAL_TOKENS * Math.exp(TOKENS_SIGMA * normal(address, 3));
        return (int) Math.clamp(usual, 1, MOST_TOKENS);
    }

    /// When a token is due after the request came, the first being number 0.
    long dueNanos(int token) {
        return ttftNanos + (long) (token * nanosPerToken);
    }

    private static double normal(long address, long draw) {
        return NORMAL.inverseCumulativeProbability(Math.max(Hash.unit(Hash.mix(address, draw)), 1e-15));
    }
}
