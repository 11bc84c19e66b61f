package dev.changeover.harness.provider;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// Gathers a request's body up to a bound; past it, reads on no further.
final class BodyCollector {

    static final int BOUND = 32 << 20;

    private final Buffer body = Buffer.buffer();
    private boolean refused;

    private BodyCollector() {}

    /// Calls exactly one of the two, or none when the client goes away before it has said all.
    static void collect(HttpServerRequest request, Consumer<byte[]> whole, Runnable tooLarge) {
        BodyCollector collector = new BodyCollector();
        request.exceptionHandler(_ -> {});
        request.handler(piece -> collector.add(piece, tooLarge));
        request.endHandler(_ -> {
            if (!collector.refused) {
                whole.accept(collector.body.getBytes());
            }
        });
    }

    private void add(Buffer piece, Runnable tooLarge) {
        if (refused) {
            return;
        }
        if (body.length() + (long) piece.length() > BOUND) {
            refused = true;
            tooLarge.run();
        } else {
            body.appendBuffer(piece);
        }
    }
}
