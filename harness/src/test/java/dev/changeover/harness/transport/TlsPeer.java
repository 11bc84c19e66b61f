package dev.changeover.harness.transport;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A well-made server that we did not write: TLS where it has a certificate, HTTP/2 by ALPN or in plain, gzip.
public final class TlsPeer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> versions = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private TlsPeer(HttpServerOptions options, Consumer<HttpServerRequest> answer) {
        this.server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0));
        server.connectionHandler(_ -> connections.incrementAndGet());
        server.requestHandler(request -> {
            versions.add(request.version().name());
            request.endHandler(_ -> answer.accept(request));
        });
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    public static TlsPeer plain(Consumer<HttpServerRequest> answer) {
        return new TlsPeer(new HttpServerOptions().setCompressionSupported(true), answer);
    }

    /// @param streams that it allows at once on a connection
    public static TlsPeer plain(long streams, Consumer<HttpServerRequest> answer) {
        HttpServerOptions options = new HttpServerOptions();
        options.getInitialSettings().setMaxConcurrentStreams(streams);
        return new TlsPeer(options, answer);
    }

    public static TlsPeer secure(Certificates certificates, Consumer<HttpServerRequest> answer) {
        return secure(certificates, true, answer);
    }

    /// @param http2 whether it offers that
    public static TlsPeer secure(Certificates certificates, boolean http2, Consumer<HttpServerRequest> answer) {
        return new TlsPeer(
                new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(http2)
                        .setCompressionSupported(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(certificates.store().toString())
                                .setAlias(Certificates.KEY)
                                .setPassword(Certificates.PASSWORD)),
                answer);
    }

    public int port() {
        return server.actualPort();
    }

    public int connections() {
        return connections.get();
    }

    /// As the requests came.
    public List<String> versions() {
        return versions;
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
