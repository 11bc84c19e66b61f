package dev.changeover.harness.provider;

import dev.changeover.harness.proxy.ApiError;
import dev.changeover.harness.proxy.ConnectionFailures;
import dev.changeover.harness.proxy.Passage;
import dev.changeover.harness.wire.ErrorClassifier;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;

/// One call on its way through a tap: passes the answer on piece by piece, no faster than the client reads.
///
/// Whichever side goes first, the other is told: a client that leaves cancels the provider's work, a provider that
/// cuts is passed on as a cut.
final class TapCall {

    private final HttpServerResponse downstream;
    private final LedgerRow row;
    private final ClientSide client;
    private final Waits waits;
    private final Strikes strikes;
    private Optional<HttpClientRequest> upstream = Optional.empty();
    private boolean gone;

    TapCall(Context context, HttpServerResponse downstream, LedgerRow row, Strikes strikes) {
        this.downstream = downstream;
        this.row = row;
        this.client = new ClientSide(downstream, row);
        this.waits = new Waits(context);
        this.strikes = strikes;
        row.whenJudged(waits::callIsOver);
        downstream.exceptionHandler(_ -> {});
        downstream.closeHandler(_ -> clientLeft());
    }

    /// Nothing is answered; the connection is closed at once, or when a fault that swallows calls is lifted.
    void leaveUnanswered(Strike<HttpFault.Unanswered> strike) {
        row.struckBy(strike.by());
        switch (strike.fault()) {
            case HttpFault.StaleConnections _ -> closeUnanswered();
            case HttpFault.DeadConnections() -> waits.whenLifted(strike.by(), this::closeUnanswered);
        }
    }

    private void closeUnanswered() {
        row.failed(ErrorKind.CONNECTION_RESET);
        client.close();
    }

    /// Goes on at once, or when the provider has been as late as all faults together make it; never when the client
    /// leaves before.
    void whenTakenUp(Runnable next) {
        await(strikes.late().iterator(), next);
    }

    private void await(Iterator<Strike<HttpFault.Late>> late, Runnable next) {
        while (late.hasNext()) {
            Strike<HttpFault.Late> strike = late.next();
            if (!strike.by().isLifted()) {
                row.struckBy(strike.by());
                switch (strike.fault()) {
                    case HttpFault.SlowFirstToken(var delay) ->
                        waits.afterOrWhenLifted(delay, strike.by(), () -> await(late, next));
                }
                return;
            }
        }
        next.run();
    }

    void answer(Strike<HttpFault.Instead> strike, FaultAnswer answer) {
        if (!gone) {
            row.struckBy(strike.by());
            client.answer(answer);
        }
    }

    /// Neither sent nor answered nor written down: there was no leave for it, and whoever gave none ends the run.
    void holdBack() {
        gone = true;
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
        noAnswer(ConnectionFailures.kindOf(failure));
    }

    void noAnswer(ErrorKind kind) {
        if (over()) {
            return;
        }
        row.failed(kind);
        stopProvider();
        if (kind == ErrorKind.CONNECTION_RESET) {
            client.close();
        } else {
            client.answer(new ApiError(
                    502,
                    ErrorClassifier.NO_ANSWER_TYPE,
                    kind.word(),
                    "The provider gave no answer: " + kind.word() + "."));
        }
    }

    private void pass(HttpClientResponse answer) {
        if (gone) {
            return;
        }
        String type = answer.getHeader("content-type");
        row.answered(answer.statusCode(), type);
        downstream.setStatusCode(answer.statusCode());
        TapHeaders.copyDownstream(answer.headers(), downstream.headers());
        if (strikes.within().isEmpty() || !isGood(answer)) {
            passAsItIs(answer);
        } else {
            row.passedOnDiffers(answer.statusCode(), type);
            if (isStream(type)) {
                new StruckStreamPass(this, answer, strikes.within()).begin();
            } else {
                new StruckWholePass(this, answer, strikes.within()).begin();
            }
        }
    }

    private static boolean isGood(HttpClientResponse answer) {
        String encoding = answer.getHeader("content-encoding");
        return answer.statusCode() == 200 && (encoding == null || encoding.equalsIgnoreCase("identity"));
    }

    private static boolean isStream(String type) {
        return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    private void passAsItIs(HttpClientResponse answer) {
        if (!downstream.headers().contains("content-length")) {
            downstream.setChunked(true);
        }
        downstream.writeHead();
        Passage.open(answer, downstream, client);
    }

    ClientSide client() {
        return client;
    }

    LedgerRow row() {
        return row;
    }

    Waits waits() {
        return waits;
    }

    /// Whether there is nobody to answer any more, or nothing more to say.
    boolean over() {
        return gone || row.isJudged();
    }

    /// The provider need not go on.
    void stopProvider() {
        upstream.ifPresent(HttpClientRequest::reset);
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
            stopProvider();
        }
    }
}
