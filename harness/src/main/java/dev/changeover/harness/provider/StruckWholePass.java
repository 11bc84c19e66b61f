package dev.changeover.harness.provider;

import dev.changeover.harness.provider.within.WholeAnswer;
import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.List;

/// Passes a good answer that comes whole on as the faults that strike it have made it.
final class StruckWholePass {

    private static final int PIECES = 10;

    private final TapCall call;
    private final HttpClientResponse answer;
    private final HttpServerResponse downstream;
    private final List<Strike<HttpFault.Within>> within;
    private final Buffer body = Buffer.buffer();

    StruckWholePass(TapCall call, HttpClientResponse answer, List<Strike<HttpFault.Within>> within) {
        this.call = call;
        this.answer = answer;
        this.downstream = call.client().response();
        this.within = within;
    }

    void begin() {
        answer.handler(piece -> {
            if (!call.over()) {
                call.row().generated(piece);
                body.appendBuffer(piece);
            }
        });
        answer.exceptionHandler(_ -> call.client().cut());
        answer.endHandler(_ -> {
            if (!call.over()) {
                call.row().generatedWhole();
                await(within.iterator());
            }
        });
    }

    /// Waits for every fault that holds the answer back to be lifted.
    private void await(Iterator<Strike<HttpFault.Within>> faults) {
        while (faults.hasNext()) {
            Strike<HttpFault.Within> strike = faults.next();
            if (strike.fault() instanceof HttpFault.StalledStream
                    && !strike.by().isLifted()) {
                call.row().struckBy(strike.by());
                call.waits().whenLifted(strike.by(), () -> await(faults));
                return;
            }
        }
        send(struck());
    }

    private WholeAnswer struck() {
        WholeAnswer whole = new WholeAnswer(body);
        for (Strike<HttpFault.Within> strike : within) {
            WholeAnswer before = whole;
            whole = whole.struckBy(strike.fault());
            if (whole != before) {
                call.row().struckBy(strike.by());
            }
        }
        return whole;
    }

    private void send(WholeAnswer whole) {
        int length = whole.body().length();
        downstream.putHeader("content-length", Integer.toString(length));
        downstream.writeHead();
        boolean drips = within.stream().anyMatch(StruckWholePass::drips);
        send(whole, 0, Math.max(1, drips ? Math.ceilDiv(length, PIECES) : length));
    }

    private void send(WholeAnswer whole, int from, int piece) {
        int end =
                Math.min(whole.passing().orElse(Integer.MAX_VALUE), whole.body().length());
        int to = Math.min(from + piece, end);
        call.client().pass(whole.body().getBuffer(from, to));
        if (to < end) {
            rest(within.iterator(), () -> send(whole, to, piece));
        } else if (whole.passing().isPresent()) {
            call.client().cut();
        } else {
            call.client().end();
        }
    }

    /// Waits the gaps of all drips, one after the other.
    private void rest(Iterator<Strike<HttpFault.Within>> faults, Runnable next) {
        while (faults.hasNext()) {
            Strike<HttpFault.Within> strike = faults.next();
            if (drips(strike) && strike.fault() instanceof HttpFault.SlowDrip(var gap)) {
                call.row().struckBy(strike.by());
                call.waits().afterOrWhenLifted(gap, strike.by(), () -> rest(faults, next));
                return;
            }
        }
        next.run();
    }

    private static boolean drips(Strike<HttpFault.Within> strike) {
        return strike.fault() instanceof HttpFault.SlowDrip && !strike.by().isLifted();
    }
}
