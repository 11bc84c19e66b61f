package dev.changeover.harness.provider;

import dev.changeover.harness.measurement.Fit;
import dev.changeover.harness.proxy.ApiError;
import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.ForcedTool;
import dev.changeover.harness.wire.MalformedRequestException;
import dev.changeover.harness.wire.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A provider of chat completions on a loopback port, that behaves as its profile says.
///
/// What a request meets is addressed by seed, body (but its `user`) and how often that body came; only limits and
/// incidents depend on arrival. `max_tokens` is taken for the length of the answer, unless a shorter one was recorded.
/// A request that has to call a tool is answered by a call of it.
public final class SimulatedProvider implements AutoCloseable {

    private final SimulatedManner manner;
    private final RecordedLengths lengths;
    private final LongSupplier clock;
    private final Pacer pacer;
    private final Limiter limiter;
    private final Occurrences<Long> occurrences = new Occurrences<>();
    private final HttpServer server;

    private SimulatedProvider(Vertx vertx, SimulatedManner manner, RecordedLengths lengths, int port) {
        this.manner = manner;
        this.lengths = lengths;
        long origin = System.nanoTime();
        this.clock = () -> System.nanoTime() - origin;
        this.pacer = new Pacer(vertx, clock);
        this.limiter = new Limiter(manner.limits(), clock);
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setAcceptBacklog(4096)
                        .setMaxHeaderSize(64 << 10))
                .requestHandler(this::route);
    }

    /// Blocks until it listens; not for event loops.
    ///
    /// @throws java.util.concurrent.CompletionException when no port can be opened
    public static SimulatedProvider start(Vertx vertx, SimulatedProfile profile, long seed) {
        return start(vertx, profile, seed, 0);
    }

    /// @param port 0 for a free one
    public static SimulatedProvider start(Vertx vertx, SimulatedProfile profile, long seed, int port) {
        return start(vertx, SimulatedManner.of(profile, seed), new RecordedLengths(), port);
    }

    /// One whose answers are as long as recorded.
    public static SimulatedProvider start(Vertx vertx, SimulatedProfile profile, long seed, RecordedLengths lengths) {
        return start(vertx, SimulatedManner.of(profile, seed), lengths, 0);
    }

    /// The same for one that is like a measured one.
    ///
    /// @param run nanoseconds since t0, for incidents
    public static SimulatedProvider start(Vertx vertx, Fit fit, long seed, Ticker run) {
        return start(vertx, fit, seed, run, new RecordedLengths());
    }

    /// The same, whose answers are as long as recorded.
    public static SimulatedProvider start(Vertx vertx, Fit fit, long seed, Ticker run, RecordedLengths lengths) {
        return start(vertx, SimulatedManner.of(fit, seed, run), lengths, 0);
    }

    private static SimulatedProvider start(Vertx vertx, SimulatedManner manner, RecordedLengths lengths, int port) {
        SimulatedProvider provider = new SimulatedProvider(vertx, manner, lengths, port);
        provider.server.listen().toCompletionStage().toCompletableFuture().join();
        return provider;
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private void route(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.exceptionHandler(_ -> {});
        String route = request.method() + " " + request.path();
        switch (route) {
            case "GET /health" -> json(response, "{\"status\":\"ok\"}");
            case "GET /v1/models" -> models(request);
            case "POST /v1/chat/completions" ->
                BodyCollector.collect(
                        request,
                        body -> complete(request, body),
                        () -> invalid(413, "request_too_large", "The body is too large.")
                                .answer(response));
            default -> {
                boolean method = request.method() != HttpMethod.POST && request.method() != HttpMethod.GET;
                invalid(method ? 405 : 404, "unknown_url", "Unknown request URL: " + route + ".")
                        .answer(response);
            }
        }
    }

    private void models(HttpServerRequest request) {
        Optional<ApiError> refusal = keyRefusal(request);
        if (refusal.isPresent()) {
            refusal.get().answer(request.response());
            return;
        }
        ObjectNode root = JsonMapper.shared().createObjectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        for (String model : new TreeSet<>(manner.models())) {
            data.addObject().put("id", model).put("object", "model").put("owned_by", "changeover");
        }
        json(request.response(), root.toString());
    }

    private void complete(HttpServerRequest request, byte[] body) {
        HttpServerResponse response = request.response();
        Optional<ApiError> refusal = keyRefusal(request);
        if (refusal.isPresent()) {
            refusal.get().answer(response);
            return;
        }
        try {
            answer(ChatRequest.parse(body), request);
        } catch (MalformedRequestException e) {
            invalid(400, "invalid_request", e.getMessage()).answer(response);
        }
    }

    private void answer(ChatRequest asked, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        Optional<ApiError> bad = badRequest(asked);
        if (bad.isPresent()) {
            bad.get().answer(response);
            return;
        }
        long digest = asked.digest();
        Behaviour behaviour = manner.behaviours().of(digest, occurrences.next(digest), lengths.bound(asked));
        long promptTokens = Tokens.count(asked.promptText());
        Optional<ApiError> refusal = limiter.enter(promptTokens + behaviour.tokens(), response);
        if (refusal.isPresent()) {
            refusal.get().answer(response);
            return;
        }
        leaveOnceOver(response);
        SimulatedAnswer answer =
                new SimulatedAnswer(response, completion(asked, behaviour, promptTokens), behaviour, pacer, clock);
        if (behaviour.failure().isPresent()) {
            new FailedAnswer(request, asked, answer, behaviour.failure().get(), pacer, clock).play();
            return;
        }
        if (asked.stream()) {
            answer.stream(asked.includeUsage());
        } else {
            answer.whole();
        }
    }

    private static Completion completion(ChatRequest asked, Behaviour behaviour, long promptTokens) {
        CompletionFrame frame = new CompletionFrame(asked.model(), behaviour.words(), promptTokens);
        boolean asLongAsAllowed = asked.maxTokens().orElse(0) == behaviour.tokens();
        Optional<ForcedTool> tool = asked.forcedTool();
        return tool.isPresent()
                ? new ToolCallCompletion(frame, tool.get(), behaviour.words(), behaviour.tokens())
                : new TextCompletion(frame, behaviour.words(), asLongAsAllowed ? "length" : "stop");
    }

    private Optional<ApiError> badRequest(ChatRequest asked) {
        if (!manner.models().isEmpty() && !manner.models().contains(asked.model())) {
            return Optional.of(invalid(
                    404,
                    "model_not_found",
                    "The model `" + asked.model() + "` does not exist or you do not have access to it."));
        }
        if (asked.maxTokens().isPresent() && asked.maxTokens().getAsInt() < 1) {
            return Optional.of(invalid(
                    400,
                    "integer_below_min_value",
                    "Invalid 'max_tokens': expected a value >= 1, but got "
                            + asked.maxTokens().getAsInt() + " instead."));
        }
        return Optional.empty();
    }

    private Optional<ApiError> keyRefusal(HttpServerRequest request) {
        boolean accepted =
                manner.key().isEmpty() || ("Bearer " + manner.key()).equals(request.getHeader("Authorization"));
        return accepted
                ? Optional.empty()
                : Optional.of(invalid(401, "invalid_api_key", "Incorrect API key provided."));
    }

    private void leaveOnceOver(HttpServerResponse response) {
        boolean[] left = new boolean[1];
        Runnable leave = () -> {
            if (!left[0]) {
                left[0] = true;
                limiter.leave();
            }
        };
        response.closeHandler(_ -> leave.run());
        response.endHandler(_ -> leave.run());
    }

    private static ApiError invalid(int status, String code, String message) {
        return new ApiError(status, "invalid_request_error", code, message);
    }

    private static void json(HttpServerResponse response, String body) {
        response.putHeader("Content-Type", "application/json").end(Buffer.buffer(body));
    }

    /// How many answers are on their way.
    int running() {
        return limiter.running();
    }
}
