package dev.changeover.harness.gateway.server;

import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import io.vertx.core.Vertx;
import java.util.Map;

/// The reference gateway: an OpenAI-compatible server on loopback that fails over from provider to provider.
public final class ReferenceGateway implements AutoCloseable {

    /// Where a provider is reached, by plain HTTP at `http://host:port/v1/...`.
    public record Upstream(String host, int port, Provider provider) {}

    private final Vertx vertx;
    private final GatewayVerticle verticle;
    private final String deployment;

    private ReferenceGateway(Vertx vertx, GatewayVerticle verticle, String deployment) {
        this.vertx = vertx;
        this.verticle = verticle;
        this.deployment = deployment;
    }

    /// Starts on a free port; serves when this returns. Not to be called on an event loop.
    ///
    /// @param events takes attempts, probes, and what breakers and health checks decide
    /// @param seed addresses the jitter of retries
    /// @throws IllegalArgumentException when the route names an arm that has no upstream
    public static ReferenceGateway start(
            Vertx vertx,
            Gateway.Reference config,
            Map<Arm, Upstream> upstreams,
            EventSink events,
            Ticker ticker,
            long seed) {
        config.route().stream()
                .filter(arm -> !upstreams.containsKey(arm))
                .findFirst()
                .ifPresent(arm -> {
                    throw new IllegalArgumentException(
                            "the route names '%s', which has no upstream".formatted(arm.word()));
                });
        GatewayVerticle verticle = new GatewayVerticle(config, Map.copyOf(upstreams), events, ticker, seed);
        String deployment = vertx.deployVerticle(verticle).await();
        return new ReferenceGateway(vertx, verticle, deployment);
    }

    public int port() {
        return verticle.port();
    }

    /// Closes the server and every connection.
    @Override
    public void close() {
        vertx.undeploy(deployment).await();
    }
}
