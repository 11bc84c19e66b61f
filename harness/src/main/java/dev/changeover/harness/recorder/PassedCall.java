package dev.changeover.harness.recorder;

import dev.changeover.harness.proxy.ApiError;
import dev.changeover.harness.proxy.ConnectionFailures;
import dev.changeover.harness.proxy.Passage;
import dev.changeover.harness.proxy.PassedHeaders;
import dev.changeover.harness.wire.ErrorClassifier;
import dev.changeover.harness.wire.ErrorKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.Set;

/// One call on its way: the request passes as it comes, and so does the answer, each no faster than the other side
/// reads it. Whichever side goes first, the other is told.
final class PassedCall implements Passage.Sink {

    private final HttpServerRequest request;
    private final HttpServerResponse downstream;
    private final Optional<CallRecord> record;
    private final Runnable onOver;
    private Optional<HttpClientRequest> upstream = Optional.empty();
    private boolean refused;
    private boolean over;

    /// @param record empty for a call that is not to be recorded
    /// @param onOver run once, when both sides are done with it
    PassedCall(HttpServerRequest request, Optional<CallRecord> record, Runnable onOver) {
        this.request = request;
        this.downstream = request.response();
        this.record = record;
        this.onOver = onOver;
        downstream.exceptionHandler(_ -> {});
        downstream.closeHandler(_ -> clientLeft());
        request.exceptionHandler(_ -> clientLeft());
    }

    void send(HttpClientRequest sending) {
        upstream = Optional.of(sending);
        if (over) {
            sending.reset();
            return;
        }
        sending.exceptionHandler(_ -> {});
        sending.response().onComplete(this::answered, this::noAnswer);
        String length = request.getHeader("content-length");
        if (length != null) {
            sending.putHeader("content-length", length);
        } else if (request.getHeader("transfer-encoding") != null) {
            sending.setChunked(true);
        }
        request.handler(piece -> {
            record.ifPresent(call -> call.asked(piece));
            sending.write(piece);
            if (sending.writeQueueFull()) {
                request.pause();
                sending.drainHandler(_ -> request.resume());
            }
        });
        request.endHandler(_ -> sending.end());
        request.resume();
    }

    /// A connection that the provider closed is closed here too; the rest gets a 502, once the request was read.
    void noAnswer(Throwable failure) {
        if (over || refused) {
            return;
        }
        refused = true;
        upstream.ifPresent(HttpClientRequest::reset);
        ErrorKind kind = ConnectionFailures.kindOf(failure);
        if (kind == ErrorKind.CONNECTION_RESET) {
            breakOff();
            downstream.reset();
        } else if (request.isEnded()) {
            refuse(kind);
        } else {
            request.handler(piece -> record.ifPresent(call -> call.asked(piece)));
            request.endHandler(_ -> refuse(kind));
            request.resume();
        }
    }

    private void refuse(ErrorKind kind) {
        if (over) {
            return;
        }
        breakOff();
        new ApiError(
                        502,
                        ErrorClassifier.NO_ANSWER_TYPE,
                        kind.word(),
                        "changeover record: the provider gave no answer: " + kind.word() + ".")
                .answer(downstream);
    }

    private void answered(HttpClientResponse answer) {
        if (over || refused) {
            return;
        }
        String encoding = answer.getHeader("content-encoding");
        boolean readable = encoding == null || encoding.equalsIgnoreCase("identity");
        record.ifPresent(call -> call.answered(answer.statusCode(), answer.getHeader("content-type"), readable));
        downstream.setStatusCode(answer.statusCode()).setStatusMessage(answer.statusMessage());
        PassedHeaders.copy(answer.headers(), downstream.headers(), Set.of());
        boolean bodiless = answer.statusCode() == 204
                || answer.statusCode() == 304
                || request.method().equals(HttpMethod.HEAD);
        if (!bodiless && !downstream.headers().contains("content-length")) {
            downstream.setChunked(true);
        }
        if (!bodiless) {
            downstream.writeHead();
        }
        Passage.open(answer, downstream, this);
    }

    @Override
    public void pass(Buffer piece) {
        if (!over) {
            record.ifPresent(call -> call.passed(piece));
            downstream.write(piece);
        }
    }

    @Override
    public void end() {
        if (!over) {
            record.ifPresent(CallRecord::end);
            finish();
            downstream.end();
        }
    }

    @Override
    public void cut() {
        if (!over) {
            breakOff();
            Passage.cut(downstream);
        }
    }

    /// The recorder ends: it is written down as far as it came.
    void breakOff() {
        record.ifPresent(CallRecord::breakOff);
        finish();
    }

    private void clientLeft() {
        if (!over) {
            record.ifPresent(CallRecord::cancel);
            finish();
            upstream.ifPresent(HttpClientRequest::reset);
        }
    }

    private void finish() {
        over = true;
        onOver.run();
    }
}
