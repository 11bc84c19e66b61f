package dev.changeover.harness.provider;

import dev.changeover.harness.measurement.Failure;
import dev.changeover.harness.proxy.ApiError;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.toxics.http.HttpFault.EmptyAnswer.Form;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.LongSupplier;

/// A simulated provider's failure, in the way that its kind says: an error, nothing in a good answer, half an answer,
/// silence, or a connection that closes.
///
/// It comes when it came in the measurement, where that is known; else at once. Who listens has accepted the
/// connection, so one that was refused is closed.
final class FailedAnswer {

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ChatRequest asked;
    private final SimulatedAnswer answer;
    private final Failure failure;
    private final Pacer pacer;
    private final long startNanos;

    /// @param answer that it would have been, for failures within one
    FailedAnswer(
            HttpServerRequest request,
            ChatRequest asked,
            SimulatedAnswer answer,
            Failure failure,
            Pacer pacer,
            LongSupplier clock) {
        this.request = request;
        this.response = request.response();
        this.asked = asked;
        this.answer = answer;
        this.failure = failure;
        this.pacer = pacer;
        this.startNanos = clock.getAsLong();
    }

    void play() {
        switch (failure.kind()) {
            case AUTH, PERMISSION, NOT_FOUND, BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER ->
                refuse(400, "invalid_request_error", "The request was refused.");
            case QUOTA -> refuse(402, "insufficient_quota", "Insufficient balance.");
            case RATE_LIMITED -> refuse(429, "rate_limit_exceeded", "Rate limit reached. Please try again later.");
            case OVERLOADED -> refuse(503, "overloaded", "The server is overloaded. Please try again later.");
            case SERVER_ERROR -> refuse(500, "internal_error", "The server had an error processing your request.");
            case CONNECTION_REFUSED, CONNECTION_RESET -> later(this::hangUp);
            case TIMEOUT_CONNECT, TIMEOUT_FIRST_TOKEN, TIMEOUT_TOTAL -> {}
            case TIMEOUT_IDLE -> half(() -> {}, () -> {});
            case TRUNCATED_STREAM -> half(this::hangUp, this::hangUp);
            case STREAM_ERROR -> half(this::endWithError, () -> error(500).answer(response));
            case MALFORMED -> later(this::breakOff);
            case EMPTY_ANSWER -> later(this::answerNothing);
        }
    }

    private void refuse(int usual, String code, String message) {
        int status = failure.status().orElse(usual);
        later(() -> new ApiError(status < 400 ? usual : status, typeOf(status), code, message).answer(response));
    }

    private static String typeOf(int status) {
        return status >= 500 ? "server_error" : status == 429 ? "requests" : "invalid_request_error";
    }

    private static ApiError error(int status) {
        return new ApiError(
                status, "server_error", "internal_error", "The server had an error processing your request.");
    }

    private void later(Runnable then) {
        pacer.at(startNanos + failure.afterNanos().orElse(0), () -> {
            if (!response.closed() && !response.ended()) {
                then.run();
            }
        });
    }

    /// @param whole what comes where no stream was asked for
    private void half(Runnable then, Runnable whole) {
        if (asked.stream()) {
            answer.streamHalf(then);
        } else {
            later(whole);
        }
    }

    private void hangUp() {
        request.connection().close();
    }

    private void endWithError() {
        response.end(Buffer.buffer("data: ").appendBytes(error(500).body()).appendString("\n\n"));
    }

    private void breakOff() {
        boolean stream = asked.stream();
        response.putHeader("Content-Type", stream ? "text/event-stream; charset=utf-8" : "application/json")
                .end(stream ? "data: {\"id\":\"chatcmpl-\n\n" : "{\"id\":\"chatcmpl-");
    }

    private void answerNothing() {
        FaultAnswer empty = EmptyAnswers.of(Form.EMPTY, asked);
        empty.headers().forEach(response::putHeader);
        response.end(empty.body());
    }
}
