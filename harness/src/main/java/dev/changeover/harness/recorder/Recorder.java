package dev.changeover.harness.recorder;

import dev.changeover.harness.proxy.ApiError;
import dev.changeover.harness.proxy.PassedHeaders;
import dev.changeover.harness.redaction.Masks;
import dev.changeover.harness.redaction.Redactor;
import dev.changeover.harness.redaction.TextPolicy;
import dev.changeover.harness.trace.RecordingLines;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ConversationHeader;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A streaming reverse proxy before one provider, on a loopback port: everything passes, unchanged and at once, and
/// chat completions are written down as they end.
///
/// All calls are on one loop. Chat completions are asked for uncompressed, whatever their client would take: they are
/// read as they pass.
public final class Recorder implements AutoCloseable {

    private static final int HEADER_BOUND = 64 << 10;
    private static final int CONNECT_MILLIS = 10_000;
    /// Shorter than what providers keep, so that a connection about to be closed is not used again.
    private static final int KEEP_ALIVE_SECONDS = 15;
    private static final int KEY_BYTES = 32;
    private static final String COMPLETIONS = "/chat/completions";

    private static final Set<String> NOT_UPSTREAM =
            Set.of("host", "content-length", "expect", CallId.HEADER, ConversationHeader.NAME);
    private static final Set<String> NOT_UPSTREAM_WHEN_READ =
            Set.of("host", "content-length", "expect", CallId.HEADER, ConversationHeader.NAME, "accept-encoding");

    private final Vertx vertx;
    private final Options options;
    private final Ticker ticker;
    private final Recording recording;
    private final HttpServer server;
    private final HttpClient client;
    private final Set<PassedCall> calls = new HashSet<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean ending;

    /// @param port on the loopback; 0 for a free one
    /// @param trust certificates in PEM that the provider's is to be signed by, in place of the platform's
    public record Options(
            UpstreamAddress upstream,
            int port,
            Optional<Path> trust,
            Path out,
            TextPolicy texts,
            Masks masks,
            Share sample,
            Rotation rotation) {

        public Options {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
            }
        }
    }

    private Recorder(Options options, Recording recording, Ticker ticker) {
        this.options = options;
        this.ticker = ticker;
        this.recording = recording;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpClientOptions upstream = new HttpClientOptions()
                .setSsl(options.upstream().secure())
                .setVerifyHost(true)
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(HEADER_BOUND);
        options.trust().ifPresent(file -> upstream.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.client = vertx.createHttpClient(upstream, new PoolOptions().setHttp1MaxSize(20_000));
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(options.port())
                        .setAcceptBacklog(4096)
                        .setMaxHeaderSize(HEADER_BOUND)
                        .setMaxInitialLineLength(HEADER_BOUND)
                        .setHandle100ContinueAutomatically(true))
                .requestHandler(this::take);
    }

    /// Blocks until it listens; not for event loops.
    ///
    /// @param trouble told once when nothing can be written any more
    /// @throws dev.changeover.harness.trace.TraceException when the file is there already or cannot be made
    /// @throws RecorderException when it cannot listen
    public static Recorder start(Options options, Consumer<String> trouble) throws RecorderException {
        Instant started = Instant.now();
        Ticker ticker = Ticker.since(System.nanoTime());
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        byte[] header = RecordingLines.header("Recorded by changeover record.", started);
        Recording recording = new Recording(
                new RotatingFile(options.out(), header, options.rotation(), ticker.nanos()),
                Redactor.of(options.texts(), options.masks(), key),
                options.sample(),
                ticker,
                trouble);
        Recorder recorder = new Recorder(options, recording, ticker);
        try {
            recorder.server.listen().toCompletionStage().toCompletableFuture().join();
            return recorder;
        } catch (CompletionException e) {
            recorder.close();
            deleted(options.out());
            throw new RecorderException(
                    "cannot listen on 127.0.0.1:%d: %s%n    name another port, or 0 for a free one"
                            .formatted(options.port(), e.getCause().getMessage()),
                    e);
        }
    }

    /// A recording that never began, and was made here: it would be in the way of the next try.
    private static void deleted(Path out) {
        try {
            Files.deleteIfExists(out);
        } catch (IOException _) {
            // it holds no call; the next try says that it is there
        }
    }

    public int port() {
        return server.actualPort();
    }

    public Tally tally() {
        return recording.tally();
    }

    /// Calls that are on their way are written down as far as they came, and cut.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        vertx.runOnContext(_ -> {
            ending = true;
            Set.copyOf(calls).forEach(PassedCall::breakOff);
            written.complete(null);
        });
        written.join();
        recording.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void take(HttpServerRequest request) {
        long arrivedNanos = ticker.nanos();
        Optional<String> target = Optional.ofNullable(request.uri()).flatMap(options.upstream()::target);
        if (target.isEmpty() || request.method().equals(HttpMethod.CONNECT)) {
            new ApiError(404, "invalid_request_error", "unknown_url", "changeover record: only /v1/* is served here.")
                    .answer(request.response());
            return;
        }
        boolean recorded = isCompletion(request) && !ending;
        if (!recorded) {
            recording.passed();
        }
        PassedCall[] call = new PassedCall[1];
        call[0] = new PassedCall(
                request,
                recorded ? Optional.of(new CallRecord(request, arrivedNanos, ticker, recording)) : Optional.empty(),
                () -> calls.remove(call[0]));
        calls.add(call[0]);
        request.pause();
        client.request(asked(request, target.get())).onComplete(call[0]::send, call[0]::noAnswer);
    }

    private static boolean isCompletion(HttpServerRequest request) {
        String path = request.path();
        return request.method().equals(HttpMethod.POST)
                && path != null
                && (path.endsWith(COMPLETIONS) || path.endsWith(COMPLETIONS + "/"));
    }

    private RequestOptions asked(HttpServerRequest request, String target) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        PassedHeaders.copy(request.headers(), headers, isCompletion(request) ? NOT_UPSTREAM_WHEN_READ : NOT_UPSTREAM);
        return new RequestOptions()
                .setMethod(request.method())
                .setHost(options.upstream().host())
                .setPort(options.upstream().port())
                .setURI(target)
                .setHeaders(headers);
    }
}
