package dev.changeover.harness.provider;

import dev.changeover.harness.dialect.Manner;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.proxy.ApiError;
import dev.changeover.harness.proxy.ConnectionFailures;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.transport.ConnectFailure;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.toxics.catalog.FaultEffect;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A streaming reverse proxy beside one provider: puts the real key on, injects HTTP faults, and writes down every
/// call that reached the provider, or that a fault answered in its place. Serves `/v1/*` on a loopback port. Requests
/// may be written anew on the way; the ledger tells of them as they were asked.
public final class Tap implements AutoCloseable {

    private static final String PREFIX = "/v1";
    static final int HEADER_BOUND = 64 << 10;
    private static final long FIRST_OWN_PROBE = 1_000_000_000;

    private final Vertx vertx;
    private final Config config;
    private final EventSink ledger;
    private final Ticker ticker;
    private final InstantSource wall;
    private final HttpFaults faults;
    private final Rewriting rewriting;
    private final Admission admission;
    private final Occurrences<Object> occurrences = new Occurrences<>();
    private final Map<HttpConnection, ClientConnection> connections = new HashMap<>();
    private final HttpServer server;
    private final HttpClient client;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private long ownProbes = FIRST_OWN_PROBE;

    /// @param upstream of the provider, up to and with `/v1`
    /// @param apiKey sent in place of the client's
    /// @param manner how the provider is called
    /// @param rewrites whether requests are written anew for it: not where a gateway under test has to see to that
    /// @param transport how connections to it are made
    public record Config(
            Arm arm,
            URI upstream,
            Optional<String> apiKey,
            long seed,
            Manner manner,
            boolean rewrites,
            ReadyTransport transport) {

        public Config {
            boolean http = "http".equals(upstream.getScheme()) || "https".equals(upstream.getScheme());
            if (!http || upstream.getHost() == null) {
                throw new IllegalArgumentException("upstream must be an http or https address, got " + upstream);
            }
        }

        /// By connections as they are made where a scenario does not say.
        public Config(Arm arm, URI upstream, Optional<String> apiKey, long seed, Manner manner, boolean rewrites) {
            this(arm, upstream, apiKey, seed, manner, rewrites, ReadyTransport.PROVIDER);
        }

        /// Everything is passed on as it is, by connections as they are made where a scenario does not say.
        public Config(Arm arm, URI upstream, Optional<String> apiKey, long seed) {
            this(arm, upstream, apiKey, seed, Manner.PLAIN, false, ReadyTransport.PROVIDER);
        }

        /// Without the key.
        @Override
        public String toString() {
            return "Config[arm=%s, upstream=%s, apiKey=%s, seed=%d, manner=%s, rewrites=%s]"
                    .formatted(arm, upstream, apiKey.isPresent() ? "***" : "none", seed, manner, rewrites);
        }

        boolean secure() {
            return "https".equals(upstream.getScheme());
        }

        int upstreamPort() {
            return upstream.getPort() >= 0 ? upstream.getPort() : secure() ? 443 : 80;
        }

        String upstreamPath() {
            String path = Optional.ofNullable(upstream.getRawPath()).orElse("");
            return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }
    }

    private Tap(Vertx vertx, Config config, EventSink ledger, Ticker ticker, InstantSource wall, Admission admission) {
        this.admission = admission;
        this.vertx = vertx;
        this.config = config;
        this.ledger = ledger;
        this.ticker = ticker;
        this.wall = wall;
        this.faults = new HttpFaults(config.seed());
        this.rewriting = new Rewriting(config.arm(), config.manner());
        this.client = ProviderClient.of(vertx, config);
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setAcceptBacklog(4096)
                        .setMaxHeaderSize(HEADER_BOUND)
                        .setHandle100ContinueAutomatically(true))
                .connectionHandler(this::accept)
                .requestHandler(this::take);
    }

    /// Blocks until it listens; not for event loops.
    ///
    /// @throws java.util.concurrent.CompletionException when no port can be opened
    public static Tap start(Vertx vertx, Config config, EventSink ledger, Ticker ticker) {
        return start(vertx, config, ledger, ticker, Admission.ALL);
    }

    /// @param admission asked before each call is sent to the provider
    public static Tap start(Vertx vertx, Config config, EventSink ledger, Ticker ticker, Admission admission) {
        return started(new Tap(vertx, config, ledger, ticker, InstantSource.system(), admission));
    }

    /// @param wall what time it is for people, as some answers tell it
    static Tap start(Vertx vertx, Config config, EventSink ledger, Ticker ticker, InstantSource wall) {
        return started(new Tap(vertx, config, ledger, ticker, wall, Admission.ALL));
    }

    private static Tap started(Tap tap) {
        tap.server.listen().toCompletionStage().toCompletableFuture().join();
        return tap;
    }

    public int port() {
        return server.actualPort();
    }

    /// In force for every call whose body arrives after this returns.
    public void inject(int faultIndex, String faultName, FaultEffect.StruckBy struck) {
        faults.inject(faultIndex, faultName, struck, ticker.nanos());
    }

    public void lift(int faultIndex) {
        faults.lift(faultIndex);
    }

    /// How many calls wait for a fault to be lifted.
    int waiting() {
        return faults.waiting();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        client.close().toCompletionStage().toCompletableFuture().join();
        rewriting.told().forEach(text -> ledger.accept(new Event.Warning(ticker.nanos(), text)));
    }

    private void accept(HttpConnection connection) {
        connections.put(connection, new ClientConnection(ticker.nanos()));
        connection.closeHandler(_ -> connections.remove(connection));
    }

    private void take(HttpServerRequest request) {
        long arrivedNanos = ticker.nanos();
        ClientConnection connection = connections.get(request.connection());
        request.response().endHandler(_ -> connection.answered(ticker.nanos()));
        if (request.path() == null || !request.path().startsWith(PREFIX + "/")) {
            new ApiError(404, "invalid_request_error", "unknown_url", "Only " + PREFIX + "/* is served here.")
                    .answer(request.response());
            return;
        }
        BodyCollector.collect(
                request,
                body -> handle(request, body, connection, arrivedNanos),
                () -> new ApiError(413, "invalid_request_error", "request_too_large", "The body is too large.")
                        .answer(request.response()));
    }

    private void handle(HttpServerRequest request, byte[] body, ClientConnection connection, long arrivedNanos) {
        TapRequest asked = TapRequest.of(request, body, () -> ownProbes++);
        int attempt = occurrences.next(asked.identity());
        Strikes strikes = faults.striking(new HttpFaults.Arrival(asked, attempt, connection, arrivedNanos));
        LedgerRow row = new LedgerRow(ledger, ticker, config.arm(), asked, arrivedNanos);
        TapCall call = new TapCall(vertx.getOrCreateContext(), request.response(), row, strikes);
        if (strikes.unanswered().isPresent()) {
            call.leaveUnanswered(strikes.unanswered().get());
            return;
        }
        call.whenTakenUp(() -> strikes.instead()
                .ifPresentOrElse(
                        instead -> call.answer(instead, FaultAnswer.of(instead.fault(), asked, wall)),
                        () -> send(request, asked, call)));
    }

    private void send(HttpServerRequest request, TapRequest asked, TapCall call) {
        if (!admission.admits()) {
            call.holdBack();
            return;
        }
        byte[] body = config.rewrites() ? rewriting.rewritten(asked) : asked.body();
        client.request(upstreamOf(request, asked))
                .onComplete(sending -> sendOver(sending, body, call), failure -> noConnection(failure, call));
    }

    /// One that speaks another version than it was asked to is not what the scenario describes.
    private void sendOver(HttpClientRequest sending, byte[] body, TapCall call) {
        if (ProviderClient.speaks(sending.version(), config)) {
            call.send(sending, body);
        } else {
            sending.reset();
            noConnection(
                    new ConnectException("%s does not offer HTTP/2"
                            .formatted(config.upstream().getHost())),
                    call);
        }
    }

    private void noConnection(Throwable failure, TapCall call) {
        ConnectFailure.describe(
                        failure,
                        config.upstream().getHost(),
                        config.upstreamPort(),
                        config.transport().proxy().map(ReadyTransport.Via::toString))
                .filter(warned::add)
                .ifPresent(why -> ledger.accept(new Event.Warning(
                        ticker.nanos(),
                        "providers.%s: %s".formatted(config.arm().word(), why))));
        call.noAnswer(ConnectionFailures.kindWithoutConnection(failure));
    }

    private RequestOptions upstreamOf(HttpServerRequest request, TapRequest asked) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(config.upstream().getHost())
                .setPort(config.upstreamPort())
                .setURI(config.manner()
                        .target(
                                config.upstreamPath(),
                                request.uri().substring(PREFIX.length()),
                                asked.chat().map(ChatRequest::model)));
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        TapHeaders.copyUpstream(request.headers(), headers);
        if (config.transport().gzip()) {
            headers.set("Accept-Encoding", "gzip");
        }
        config.apiKey()
                .ifPresent(key ->
                        TapHeaders.putKey(headers, config.manner().dialect().key(), key));
        return options.setHeaders(headers);
    }
}
