package dev.changeover.harness.rehearsal;

import dev.changeover.harness.provider.SimulatedProvider;
import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Hash;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletionException;

/// One simulated provider of a scenario, alone, for whoever wants to talk to it: it answers as it would in a run.
public final class ServedProvider implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final SimulatedProvider provider;

    private ServedProvider(SimulatedProfile profile, long seed, int port) {
        provider = SimulatedProvider.start(vertx, profile, seed, port);
    }

    /// Blocks until it listens.
    ///
    /// @param seed of the scenario
    /// @param port on the loopback; 0 for a free one
    /// @throws TestbedException when it cannot listen
    public static ServedProvider start(SimulatedProfile profile, Arm arm, long seed, int port) throws TestbedException {
        try {
            return new ServedProvider(profile, seedOf(seed, arm), port);
        } catch (CompletionException e) {
            throw new TestbedException(
                    "cannot listen on 127.0.0.1:%d: %s%n    name another port, or 0 for a free one"
                            .formatted(port, e.getCause().getMessage()),
                    e);
        }
    }

    /// What an arm's provider draws from in a run.
    static long seedOf(long scenarioSeed, Arm arm) {
        return Hash.mix(scenarioSeed, arm.ordinal());
    }

    public int port() {
        return provider.port();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
