package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.RetryAfter;
import dev.changeover.harness.gateway.policy.TryDeadlines;
import dev.changeover.harness.wire.ErrorKind;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/// One call to one provider: sends, watches its deadlines, and hands over what its gate lets through. A call that is
/// given up takes its connection with it, so that one gone silent is never used again.
final class UpstreamTry {

    /// The beginning of an answer that goes to the caller.
    record Head(int status, String contentType) {}

    /// How the try ended.
    ///
    /// @param error empty: a good answer
    /// @param head empty: none came
    /// @param heldUp whether the caller, who did not read on, was what took the time
    /// @param original what the provider sent and nobody saw yet
    record Result(
            Optional<ErrorKind> error,
            Optional<Head> head,
            OptionalLong retryAfterNanos,
            boolean heldUp,
            Buffer original) {
        OptionalInt status() {
            return head.map(h -> OptionalInt.of(h.status())).orElse(OptionalInt.empty());
        }
    }

    interface Listener {
        /// The answer is trusted; its bytes follow.
        void opened(Head head);

        void passed(Buffer bytes);

        /// Last, once; never after [UpstreamTry#cancel].
        void ended(Result result);
    }

    private final Shell shell;
    private final TryDeadlines deadlines;
    private final Listener listener;
    private Optional<HttpClientRequest> request = Optional.empty();
    private Optional<HttpClientResponse> response = Optional.empty();
    private Optional<AnswerGate> gate = Optional.empty();
    private Optional<Head> head = Optional.empty();
    private OptionalLong retryAfterNanos = OptionalLong.empty();
    private boolean opened;
    private boolean paused;
    private boolean over;
    private boolean closed;
    private long timer = -1;
    private long timerDueNanos = Long.MAX_VALUE;

    UpstreamTry(Shell shell, long totalDueNanos, Listener listener) {
        this.shell = shell;
        this.deadlines = new TryDeadlines(shell.config().timeout(), shell.now(), totalDueNanos);
        this.listener = listener;
    }

    void start(RequestOptions options, Buffer body) {
        watch();
        shell.client().request(options).onComplete(connected -> {
            if (connected.failed()) {
                fail(kindOfConnectFailure(connected.cause()));
            } else if (closed) {
                connected.result().reset();
            } else {
                send(connected.result(), body);
            }
        });
    }

    /// The caller is gone: the provider should stop.
    void cancel() {
        over = true;
        close();
    }

    /// The caller reads too slowly.
    void pause() {
        response.filter(_ -> !over).ifPresent(answer -> {
            answer.pause();
            paused = true;
            deadlines.heldUp();
        });
    }

    void resume() {
        response.filter(_ -> !over).ifPresent(answer -> {
            deadlines.progressed(shell.now());
            watch();
            paused = false;
            answer.resume();
        });
    }

    private void send(HttpClientRequest connected, Buffer body) {
        request = Optional.of(connected);
        deadlines.sent(shell.now());
        watch();
        connected.exceptionHandler(this::broken);
        connected.send(body).onComplete(answered -> {
            if (answered.failed()) {
                broken(answered.cause());
            } else if (!closed) {
                answered(answered.result());
            }
        });
    }

    private void answered(HttpClientResponse answer) {
        Head came = new Head(answer.statusCode(), orEmpty(answer.getHeader("content-type")));
        AnswerGate judge = AnswerGate.of(shell.config().trust(), came.status(), came.contentType());
        response = Optional.of(answer);
        head = Optional.of(came);
        gate = Optional.of(judge);
        retryAfterNanos = Optional.ofNullable(answer.getHeader("retry-after"))
                .map(header -> RetryAfter.nanos(header, shell.wallClock().instant()))
                .orElse(OptionalLong.empty());
        answer.exceptionHandler(this::broken);
        answer.endHandler(_ -> messageEnded());
        answer.handler(piece -> took(judge, piece));
        openIfTrusted(judge, came);
    }

    private void took(AnswerGate judge, Buffer piece) {
        if (over) {
            return;
        }
        Buffer out = judge.take(piece);
        openIfTrusted(judge, head.orElseThrow());
        if (opened) {
            deadlines.progressed(shell.now());
            watch();
        }
        if (out.length() > 0) {
            listener.passed(out);
        }
        if (judge.done() && !over) {
            finish(judge.finish(true), judge.held());
        }
    }

    private void openIfTrusted(AnswerGate judge, Head came) {
        if (judge.open() && !opened && !over) {
            opened = true;
            deadlines.progressed(shell.now());
            watch();
            listener.opened(came);
        }
    }

    private void messageEnded() {
        closed = true;
        stopWatching();
        if (!over) {
            AnswerGate judge = gate.orElseThrow();
            finish(judge.finish(true), judge.held());
        }
    }

    /// Ends the try. An answer that is done before its message leaves the rest of it to be read, so that the
    /// connection can be used again.
    private void finish(Optional<ErrorKind> error, Buffer held) {
        over = true;
        if (error.isPresent()) {
            close();
        } else if (!closed) {
            response.ifPresent(HttpClientResponse::resume);
        }
        listener.ended(new Result(error, head, retryAfterNanos, paused, held));
    }

    private void broken(Throwable cause) {
        if (over) {
            close();
            return;
        }
        if (gate.isPresent() && !wasReset(cause)) {
            Optional<ErrorKind> error = gate.get().finish(false);
            finish(
                    Optional.of(error.orElse(ErrorKind.CONNECTION_RESET)),
                    gate.get().held());
        } else {
            fail(isTransport(cause) ? ErrorKind.CONNECTION_RESET : ErrorKind.MALFORMED);
        }
    }

    private void fail(ErrorKind kind) {
        if (over) {
            close();
        } else {
            finish(Optional.of(kind), Buffer.buffer());
        }
    }

    private void watch() {
        long due = deadlines.dueNanos();
        if (due < timerDueNanos && !closed) {
            stopWatching();
            timerDueNanos = due;
            timer = shell.at(due, this::lookAtTheClock);
        }
    }

    private void lookAtTheClock() {
        timerDueNanos = Long.MAX_VALUE;
        Optional<ErrorKind> missed = deadlines.missed(shell.now());
        if (missed.isPresent()) {
            fail(missed.get());
        } else {
            watch();
        }
    }

    private void stopWatching() {
        if (timerDueNanos != Long.MAX_VALUE) {
            shell.vertx().cancelTimer(timer);
            timerDueNanos = Long.MAX_VALUE;
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            stopWatching();
            request.ifPresent(sent -> {
                sent.reset();
                sent.connection().close();
            });
        }
    }

    private static ErrorKind kindOfConnectFailure(Throwable cause) {
        boolean refused = cause instanceof ConnectException && !isTimeout(cause);
        return refused
                ? ErrorKind.CONNECTION_REFUSED
                : isTimeout(cause) ? ErrorKind.TIMEOUT_CONNECT : ErrorKind.CONNECTION_RESET;
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof ConnectTimeoutException || cause instanceof TimeoutException;
    }

    private static boolean wasReset(Throwable cause) {
        return cause instanceof IOException;
    }

    private static boolean isTransport(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof HttpClosedException
                || cause instanceof StreamResetException;
    }

    private static String orEmpty(String header) {
        return header == null ? "" : header;
    }
}
