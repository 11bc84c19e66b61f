package dev.changeover.toxics.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// A Toxiproxy server in this process, speaking the real one's HTTP API on the loopback.
///
/// All bytes pass one event loop; all API calls are carried out one after the other, and are in force, on open
/// connections too, when they are answered.
public final class ToxiproxyServer implements AutoCloseable {

    private final Vertx vertx;
    private final ExecutorService control;
    private final DataPath path;
    private final Proxies proxies;
    private final int port;

    private ToxiproxyServer(Vertx vertx, ExecutorService control, DataPath path, Proxies proxies, int port) {
        this.vertx = vertx;
        this.control = control;
        this.path = path;
        this.proxies = proxies;
        this.port = port;
    }

    /// Starts one whose API listens on a free port.
    ///
    /// @param seed of all its randomness
    /// @param records told of each connection when it is over, on the event loop: it must not block
    public static ToxiproxyServer start(long seed, Consumer<ConnectionRecord> records) {
        return start(ServerOptions.seeded(seed), records);
    }

    /// @throws CannotListenException if the API or a proxy cannot listen; then nothing is left listening
    public static ToxiproxyServer start(ServerOptions options, Consumer<ConnectionRecord> records) {
        return start(options, records, Transport.best());
    }

    static ToxiproxyServer start(ServerOptions options, Consumer<ConnectionRecord> records, Transport transport) {
        DataPath path = new DataPath(transport);
        Proxies proxies = new Proxies(new Seed(options.seed()), path, records);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        ExecutorService control = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("toxiproxy-control").factory());
        try {
            options.proxies().proxies().forEach(proxies::create);
            int port = listen(vertx, options, new Api(proxies), control);
            return new ToxiproxyServer(vertx, control, path, proxies, port);
        } catch (RuntimeException e) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            control.close();
            proxies.close();
            path.close();
            throw e;
        }
    }

    private static int listen(Vertx vertx, ServerOptions options, Api api, ExecutorService control) {
        try {
            return vertx.createHttpServer(ApiDoor.options())
                    .requestHandler(new ApiDoor(vertx, api, control))
                    .listen(options.port(), options.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .actualPort();
        } catch (CompletionException e) {
            throw new CannotListenException(
                    "Toxiproxy's API cannot listen on %s:%d: %s"
                            .formatted(
                                    options.host(), options.port(), e.getCause().getMessage()),
                    e);
        }
    }

    /// Where the API listens.
    public int port() {
        return port;
    }

    /// The version of Toxiproxy whose API this is.
    public static String version() {
        return Api.VERSION;
    }

    /// Stops listening, closes all connections, and tells of each.
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        control.close();
        proxies.close();
        path.close();
    }
}
