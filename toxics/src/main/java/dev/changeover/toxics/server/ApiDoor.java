package dev.changeover.toxics.server;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Takes requests off their sockets and answers them: bodies of a bounded size, from clients of bounded patience.
final class ApiDoor implements Handler<HttpServerRequest> {

    static final int MAX_BODY = 8 << 20;

    private static final int MAX_LINE = 64 << 10;
    private static final int IDLE_SECONDS = 60;
    private static final long BODY_MILLIS = 15_000;

    private final Vertx vertx;
    private final Api api;
    private final ExecutorService control;

    /// @param control carries out one call after the other
    ApiDoor(Vertx vertx, Api api, ExecutorService control) {
        this.vertx = vertx;
        this.api = api;
        this.control = control;
    }

    /// Without compressed WebSockets: Netty's part for them closes a connection on which 129 requests are waiting.
    static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(MAX_LINE)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    @Override
    public void handle(HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        Buffer body = Buffer.buffer();
        long patience = vertx.setTimer(BODY_MILLIS, _ -> request.connection().close());
        request.exceptionHandler(_ -> vertx.cancelTimer(patience));
        request.handler(chunk -> {
            if (request.response().ended()) {
                return;
            }
            if (body.length() + chunk.length() > MAX_BODY) {
                // What follows is read and dropped: closing now would reset the connection before this is read.
                send(request, Reply.of(ApiError.tooLarge(MAX_BODY)));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(_ -> {
            vertx.cancelTimer(patience);
            if (!request.response().ended()) {
                control.execute(() -> {
                    Reply reply = answer(request, body.getBytes());
                    try {
                        context.runOnContext(_ -> send(request, reply));
                    } catch (RejectedExecutionException _) {
                        // the server was closed meanwhile, and its clients' connections with it
                    }
                });
            }
        });
    }

    /// A call that fails in an unexpected way is answered too, and stops no other.
    private Reply answer(HttpServerRequest request, byte[] body) {
        Optional<String> userAgent = Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT));
        try {
            return api.answer(request.method().name(), path(request), userAgent, body);
        } catch (RuntimeException | Error e) {
            return Reply.of(new ApiError(500, String.valueOf(e)));
        }
    }

    /// Empty where percent signs lead nowhere.
    private static Optional<String> path(HttpServerRequest request) {
        try {
            return Optional.of(new QueryStringDecoder(request.path()).path());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void send(HttpServerRequest request, Reply reply) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        if (reply.body().isEmpty() && reply.contentType().equals(Reply.TEXT)) {
            response.end();
            return;
        }
        if (reply.contentType().equals(Reply.TEXT)) {
            response.putHeader("X-Content-Type-Options", "nosniff");
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType()).end(reply.body());
    }
}
