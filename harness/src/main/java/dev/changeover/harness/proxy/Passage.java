package dev.changeover.harness.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;

/// The way of an answer through a proxy: piece by piece as it comes, no faster than its reader takes it.
public final class Passage {

    private Passage() {}

    /// Hands the pieces of an answer on, and its end: exactly one of `end` and `cut`, unless the reader goes first.
    public interface Sink {

        void pass(Buffer piece);

        /// It ended as HTTP says it should.
        void end();

        /// It broke off.
        void cut();
    }

    /// @param sink writes to `reader`
    public static void open(HttpClientResponse answer, HttpServerResponse reader, Sink sink) {
        answer.handler(piece -> {
            sink.pass(piece);
            if (reader.writeQueueFull()) {
                answer.pause();
                reader.drainHandler(_ -> answer.resume());
            }
        });
        answer.exceptionHandler(_ -> sink.cut());
        answer.endHandler(_ -> sink.end());
    }

    /// Breaks an answer off for its reader; what was passed on before leaves first.
    public static void cut(HttpServerResponse reader) {
        if (reader.headWritten()) {
            reader.write(Buffer.buffer()).onComplete(_ -> reader.reset());
        } else {
            reader.reset();
        }
    }
}
