package dev.changeover.harness.provider;

import dev.changeover.harness.wire.ErrorClassifier;
import dev.changeover.harness.wire.ErrorKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/// One call on its way through a tap: passes the answer on piece by piece, no faster than the client reads.
///
/// Whichever side goes first, the other is told: a client that leaves cancels the provider's work, a provider that
/// cuts is passed on as a cut.
final class TapCall {

    private final HttpServerResponse downstream;
    private final LedgerRow row;
    private Optional<HttpClientRequest> upstream = Optional.empty();
    private boolean gone;

    TapCall(HttpServerResponse downstream, LedgerRow row) {
        this.downstream = downstream;
        this.row = row;
        downstream.exceptionHandler(_ -> {});
        downstream.closeHandler(_ -> clientLeft());
    }

    void answer(FaultAnswer answer) {
        if (gone) {
            return;
        }
        row.answered(answer.status(), answer.contentType());
        row.passed(answer.body());
        row.ended(true);
        downstream.setStatusCode(answer.status());
        answer.headers().forEach(downstream::putHeader);
        downstream.end(answer.body()).onComplete(written -> row.enter(written.succeeded()));
    }

    void send(HttpClientRequest request, byte[] body) {
        upstream = Optional.of(request);
        if (gone) {
            request.reset();
            return;
        }
        request.response().onComplete(this::pass, this::noAnswer);
        request.end(Buffer.buffer(body));
    }

    /// The provider gave no answer. A connection that it closed is closed here too; the rest gets a 502.
    void noAnswer(Throwable failure) {
        if (gone || row.isJudged()) {
            return;
        }
        ErrorKind kind = ConnectionFailures.kindOf(failure);
        row.failed(kind);
        upstream.ifPresent(HttpClientRequest::reset);
        if (kind == ErrorKind.CONNECTION_RESET) {
            row.enter(false);
            downstream.reset();
            return;
        }
        downstream.endHandler(_ -> row.enter(true));
        new ApiError(
                        502,
                        ErrorClassifier.NO_ANSWER_TYPE,
                        kind.word(),
                        "The provider gave no answer: " + kind.word() + ".")
                .answer(downstream);
    }

    private void pass(HttpClientResponse answer) {
        if (gone) {
            return;
        }
        row.answered(answer.statusCode(), answer.getHeader("content-type"));
        downstream.setStatusCode(answer.statusCode());
        TapHeaders.copyDownstream(answer.headers(), downstream.headers());
        if (!downstream.headers().contains("content-length")) {
            downstream.setChunked(true);
        }
        downstream.writeHead();
        answer.handler(piece -> passOn(answer, piece));
        answer.exceptionHandler(_ -> cut());
        answer.endHandler(_ -> end());
    }

    private void passOn(HttpClientResponse answer, Buffer piece) {
        if (gone) {
            return;
        }
        row.passed(piece);
        downstream.write(piece);
        if (downstream.writeQueueFull()) {
            answer.pause();
            downstream.drainHandler(_ -> answer.resume());
        }
    }

    private void end() {
        if (gone || row.isJudged()) {
            return;
        }
        row.ended(true);
        downstream.end().onComplete(written -> row.enter(written.succeeded()));
    }

    private void cut() {
        if (gone || row.isJudged()) {
            return;
        }
        row.ended(false);
        row.enter(false);
        downstream.reset();
    }

    private void clientLeft() {
        if (gone) {
            return;
        }
        gone = true;
        boolean answering = !row.isJudged();
        row.cancelled();
        row.enter(false);
        if (answering) {
            upstream.ifPresent(HttpClientRequest::reset);
        }
    }
}
