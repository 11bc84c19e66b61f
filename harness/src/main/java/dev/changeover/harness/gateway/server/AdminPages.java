package dev.changeover.harness.gateway.server;

import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.OptionalInt;

/// What the gateway tells those who watch over it, and does for them.
final class AdminPages {

    private final Shell shell;
    private final Status status;
    private final Metrics metrics;
    private final ChatDoor door;

    AdminPages(Shell shell, Status status, Metrics metrics, ChatDoor door) {
        this.shell = shell;
        this.status = status;
        this.metrics = metrics;
        this.door = door;
    }

    void health(HttpServerResponse response) {
        int code = switch (shell.config().healthPage()) {
            case LOOKS -> status.canServe(shell.policy(), shell.now()) ? 200 : 503;
            case BLIND -> 200;
        };
        Replies.send(response, code, status.health(shell.policy(), code == 200));
    }

    void metrics(HttpServerResponse response) {
        metrics.sample(shell.config().route(), shell.policy().breakers(), door.waiting());
        shell.vertx()
                .executeBlocking(metrics::text, false)
                .onSuccess(text ->
                        response.putHeader("content-type", Metrics.CONTENT_TYPE).end(text))
                .onFailure(_ -> Replies.send(response, 500, Replies.error("metrics cannot be told", "server_error")));
    }

    void clearCache(HttpServerResponse response) {
        OptionalInt forgotten = door.clearCache();
        if (forgotten.isPresent()) {
            Replies.send(response, 200, Replies.json(Map.of("forgotten", forgotten.getAsInt())));
        } else {
            Replies.send(response, 404, Replies.error("this gateway keeps no answers: it has no cache", "not_found"));
        }
    }
}
