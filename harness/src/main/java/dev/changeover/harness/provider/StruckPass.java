package dev.changeover.harness.provider;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;

/// Passes a good answer on until a fault strikes it. What the provider generates is entered in the ledger all the same.
final class StruckPass {

    private final TapCall call;
    private final HttpServerResponse downstream;
    private final LedgerRow row;
    private final HttpClientResponse answer;
    private final StruckAnswer struck;
    private final StreamBreak place;
    private final Buffer held = Buffer.buffer();
    private State state = State.BEFORE;
    private boolean ended;

    private enum State {
        BEFORE,
        STALLED,
        LIFTED
    }

    StruckPass(
            TapCall call,
            HttpServerResponse downstream,
            LedgerRow row,
            HttpClientResponse answer,
            StruckAnswer struck) {
        this.call = call;
        this.downstream = downstream;
        this.row = row;
        this.answer = answer;
        this.struck = struck;
        this.place = new StreamBreak(struck.chunks());
    }

    void begin() {
        String type = answer.getHeader("content-type");
        row.struck(answer.statusCode(), type);
        answer.exceptionHandler(_ -> call.cut());
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            answer.handler(piece -> {
                row.generated(piece);
                held.appendBuffer(piece);
            });
            answer.endHandler(_ -> whole());
            return;
        }
        downstream.headers().remove("content-length");
        downstream.setChunked(true).writeHead();
        answer.handler(this::take);
        answer.endHandler(_ -> end());
        if (place.reached()) {
            strike();
        }
    }

    private void take(Buffer piece) {
        if (call.over()) {
            return;
        }
        row.generated(piece);
        switch (state) {
            case BEFORE -> {
                pass(place.before(piece));
                if (place.reached()) {
                    strike();
                } else {
                    waitForTheClient();
                }
            }
            case STALLED -> held.appendBuffer(piece);
            case LIFTED -> {
                pass(piece);
                waitForTheClient();
            }
        }
    }

    private void waitForTheClient() {
        if (downstream.writeQueueFull()) {
            answer.pause();
            downstream.drainHandler(_ -> answer.resume());
        }
    }

    private void strike() {
        switch (struck.how()) {
            case ERROR -> {
                pass(StruckAnswer.errorEvent());
                finish();
                call.stopProvider();
            }
            case UNFINISHED -> {
                finish();
                call.stopProvider();
            }
            case CUT -> {
                cutAfter(Buffer.buffer());
                call.stopProvider();
            }
            case STALL -> {
                state = State.STALLED;
                held.appendBuffer(place.behind());
                call.untilLifted(this::goOn);
            }
        }
    }

    private void goOn() {
        state = State.LIFTED;
        pass(held);
        if (ended) {
            finish();
        }
    }

    private void end() {
        row.generatedWhole();
        ended = true;
        if (call.over()) {
            return;
        }
        switch (state) {
            case BEFORE -> strike();
            case STALLED -> {}
            case LIFTED -> finish();
        }
    }

    private void whole() {
        row.generatedWhole();
        if (call.over()) {
            return;
        }
        switch (struck.how()) {
            case ERROR, UNFINISHED -> answerWhole();
            case CUT -> {
                downstream.putHeader("content-length", Integer.toString(held.length()));
                cutAfter(struck.whole(held));
            }
            case STALL -> call.untilLifted(this::answerWhole);
        }
    }

    private void answerWhole() {
        Buffer body = struck.whole(held);
        downstream.putHeader("content-length", Integer.toString(body.length()));
        pass(body);
        finish();
    }

    private void pass(Buffer piece) {
        if (piece.length() > 0) {
            row.passed(piece);
            downstream.write(piece);
        }
    }

    private void finish() {
        row.ended(true);
        downstream.end().onComplete(written -> row.enter(written.succeeded()));
    }

    private void cutAfter(Buffer last) {
        if (last.length() > 0) {
            row.passed(last);
        }
        row.ended(false);
        row.enter(false);
        downstream.write(last).onComplete(_ -> downstream.reset());
    }
}
