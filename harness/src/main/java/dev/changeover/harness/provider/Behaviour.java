package dev.changeover.harness.provider;

import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Hash;
import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// What one request meets at a simulated provider: drawn by seed, request and occurrence, never by arrival.
///
/// Times to first token are lognormal: `p50 * exp(sigma * z)` with `sigma = ln(p99 / p50) / z(0.99)`.
///
/// @param words picks the words of the answer
record Behaviour(long ttftNanos, double nanosPerToken, int tokens, boolean fails, long words) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double Z99 = NORMAL.inverseCumulativeProbability(0.99);
    private static final double USUAL_TOKENS = 150;
    private static final double TOKENS_SIGMA = 0.8;
    private static final int MOST_TOKENS = 4096;

    static Behaviour of(SimulatedProfile profile, long seed, long digest, int occurrence, OptionalInt maxTokens) {
        long address = Hash.mix(seed, digest, occurrence);
        double p50 = profile.ttftP50().toNanos();
        double sigma = Math.log(profile.ttftP99().toNanos() / p50) / Z99;
        double rate = profile.tokensPerSecond() * Math.exp(profile.jitter() * normal(address, 2));
        double usual = USUAL_TOKENS * Math.exp(TOKENS_SIGMA * normal(address, 3));
        return new Behaviour(
                (long) (p50 * Math.exp(sigma * normal(address, 1))),
                1e9 / rate,
                maxTokens.orElse((int) Math.clamp(usual, 1, MOST_TOKENS)),
                Hash.unit(Hash.mix(address, 4)) < profile.errors().value(),
                Hash.mix(address, 5));
    }

    /// When a token is due after the request came, the first being number 0.
    long dueNanos(int token) {
        return ttftNanos + (long) (token * nanosPerToken);
    }

    private static double normal(long address, long draw) {
        return NORMAL.inverseCumulativeProbability(Math.max(Hash.unit(Hash.mix(address, draw)), 1e-15));
    }
}
