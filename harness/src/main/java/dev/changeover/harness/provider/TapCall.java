package dev.changeover.harness.provider;

import dev.changeover.harness.wire.ErrorClassifier;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.Context;
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

    private final Context context;
    private final HttpServerResponse downstream;
    private final LedgerRow row;
    private final Optional<InjectedFault> fault;
    private Optional<HttpClientRequest> upstream = Optional.empty();
    private Runnable noLongerWaiting = () -> {};
    private boolean gone;

    TapCall(Context context, HttpServerResponse downstream, LedgerRow row, Optional<InjectedFault> fault) {
        this.context = context;
        this.downstream = downstream;
        this.row = row;
        this.fault = fault;
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

    /// Sends the call on, at once or when a slow provider takes it up; never when the client leaves before.
    void whenTakenUp(Runnable sending) {
        if (fault.isPresent() && fault.get().fault() instanceof HttpFault.SlowFirstToken(var delay)) {
            Runnable once = onceHere(sending);
            long timer = context.owner().setTimer(delay.toMillis(), _ -> once.run());
            untilLifted(fault.get(), () -> {
                context.owner().cancelTimer(timer);
                once.run();
            });
        } else {
            sending.run();
        }
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
        Optional<StruckAnswer> struck = answer.statusCode() == 200
                ? fault.map(InjectedFault::fault).flatMap(StruckAnswer::by)
                : Optional.empty();
        downstream.setStatusCode(answer.statusCode());
        TapHeaders.copyDownstream(answer.headers(), downstream.headers());
        if (struck.isPresent()) {
            new StruckPass(this, downstream, row, answer, struck.get()).begin();
            return;
        }
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
        if (over()) {
            return;
        }
        row.ended(true);
        downstream.end().onComplete(written -> row.enter(written.succeeded()));
    }

    /// Runs it on this call's event loop once the fault in force is lifted, unless the client leaves before.
    void untilLifted(Runnable action) {
        untilLifted(fault.orElseThrow(), onceHere(action));
    }

    private void untilLifted(InjectedFault injected, Runnable action) {
        noLongerWaiting = () -> injected.forget(action);
        injected.whenLifted(action);
    }

    private Runnable onceHere(Runnable action) {
        boolean[] done = new boolean[1];
        return () -> context.runOnContext(_ -> {
            if (!gone && !done[0]) {
                done[0] = true;
                noLongerWaiting.run();
                action.run();
            }
        });
    }

    /// Whether there is nobody to answer any more, or nothing more to say.
    boolean over() {
        return gone || row.isJudged();
    }

    /// The provider need not go on.
    void stopProvider() {
        upstream.ifPresent(HttpClientRequest::reset);
    }

    void cut() {
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
        noLongerWaiting.run();
        boolean answering = !row.isJudged();
        row.cancelled();
        row.enter(false);
        if (answering) {
            upstream.ifPresent(HttpClientRequest::reset);
        }
    }
}
