package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.Backoff;
import dev.changeover.harness.gateway.policy.Breakers;
import dev.changeover.harness.gateway.policy.CallPlan;
import dev.changeover.harness.gateway.policy.HealthBook;
import dev.changeover.harness.gateway.policy.Router;
import dev.changeover.harness.gateway.policy.Splitter;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.Transition.Kind;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.MalformedRequestException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The gateway's server and client on one event loop, where its policy needs no locks.
final class GatewayVerticle extends VerticleBase {

    private static final int LARGEST_REQUEST = 64 << 20;
    private static final int MOST_CONNECTIONS = 20_000;

    private final Gateway.Reference config;
    private final Map<Arm, ReferenceGateway.Upstream> upstreams;
    private final EventSink events;
    private final Ticker ticker;
    private final long seed;
    private final Status status;
    private volatile int port;

    GatewayVerticle(
            Gateway.Reference config,
            Map<Arm, ReferenceGateway.Upstream> upstreams,
            EventSink events,
            Ticker ticker,
            long seed) {
        this.config = config;
        this.upstreams = upstreams;
        this.events = events;
        this.ticker = ticker;
        this.seed = seed;
        this.status = new Status(config.route(), upstreams);
    }

    @Override
    public Future<?> start() {
        Shell shell = shell();
        Set<String> models = new HashSet<>(status.names());
        config.fallbackModels().values().forEach(models::addAll);
        Metrics metrics = new Metrics(models);
        ChatDoor door = new ChatDoor(shell, metrics);
        AdminPages pages = new AdminPages(shell, status, metrics, door);
        config.health().ifPresent(health -> new HealthProber(shell, health).start());
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setAcceptBacklog(4096)
                .setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .connectionHandler(GatewayVerticle::silence)
                .requestHandler(request -> route(shell, door, pages, request))
                .listen()
                .onSuccess((HttpServer server) -> port = server.actualPort());
    }

    int port() {
        return port;
    }

    private Shell shell() {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int)
                        Math.min(Integer.MAX_VALUE, config.timeout().connect().toMillis() + 1))
                .setKeepAliveTimeout(60);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS);
        Breakers breakers = new Breakers(
                config.route(),
                config.breaker(),
                (arm, from, to, now) ->
                        events.accept(new Event.Transition(Kind.BREAKER, arm, from.word(), to.word(), now)));
        HealthBook health = new HealthBook((arm, healthy, now) -> events.accept(
                new Event.Transition(Kind.HEALTH, arm, Status.healthWord(!healthy), Status.healthWord(healthy), now)));
        Backoff backoff = new Backoff(config.retry(), config.timeout().total(), seed);
        Router router = new Router(new Splitter(config.route(), config.split(), seed), config.fallbackModels());
        CallPlan.Shared policy =
                new CallPlan.Shared(router, config.timeout(), config.retry(), backoff, breakers, health);
        return new Shell(
                vertx,
                vertx.httpClientBuilder()
                        .with(options)
                        .with(pool)
                        .withConnectHandler(GatewayVerticle::silence)
                        .build(),
                config,
                upstreams,
                policy,
                events,
                ticker,
                InstantSource.system());
    }

    private void route(Shell shell, ChatDoor door, AdminPages pages, HttpServerRequest request) {
        switch (request.method().name() + " " + request.path()) {
            case "POST /v1/chat/completions" -> readBody(request, body -> chat(door, request, body));
            case "GET /v1/models" -> Replies.send(request.response(), 200, status.models());
            case "GET /admin/weights" -> weights(shell).tell(request.response());
            case "PUT /admin/weights" ->
                readBody(request, body -> weights(shell).change(request.response(), body));
            case "DELETE /admin/cache" -> pages.clearCache(request.response());
            case "GET /health" -> pages.health(request.response());
            case "GET /metrics" -> pages.metrics(request.response());
            default ->
                Replies.send(
                        request.response(),
                        404,
                        Replies.error("no such path: %s %s".formatted(request.method(), request.path()), "not_found"));
        }
    }

    private static WeightsPage weights(Shell shell) {
        return new WeightsPage(shell.policy().router().splitter());
    }

    /// Broken connections are what this is about: each call tells of its own, and Vert.x need not log them as well.
    private static void silence(HttpConnection connection) {
        connection.exceptionHandler(_ -> {});
    }

    private static void readBody(HttpServerRequest request, Consumer<Buffer> use) {
        Buffer body = Buffer.buffer();
        request.handler(piece -> {
            if (body.length() + piece.length() <= LARGEST_REQUEST) {
                body.appendBuffer(piece);
            } else {
                request.handler(_ -> {});
                request.endHandler(_ -> {});
                Replies.send(
                        request.response(),
                        413,
                        Replies.error("the request is larger than 64 MiB; send less", "request_too_large"));
            }
        });
        request.endHandler(_ -> use.accept(body));
    }

    private static void chat(ChatDoor door, HttpServerRequest request, Buffer body) {
        try {
            door.enter(new ChatForward(body, request.headers()), request.response());
        } catch (MalformedRequestException e) {
            Replies.send(request.response(), 400, Replies.error(e.getMessage(), "bad_request"));
        }
    }
}
