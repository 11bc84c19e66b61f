package dev.changeover.harness.provider;

import dev.changeover.harness.provider.within.EventSplitter;
import dev.changeover.harness.provider.within.Onward;
import dev.changeover.harness.provider.within.StruckCall;
import dev.changeover.harness.provider.within.StruckStream;
import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;

/// Passes a good stream on through the faults that strike it, no faster than the client reads, and with a bound on what
/// they hold back. What the provider generates is entered in the ledger all the same.
final class StruckStreamPass {

    private static final int MOST_HELD = 64 << 10;

    private final TapCall call;
    private final HttpClientResponse answer;
    private final HttpServerResponse downstream;
    private final Onward faults;
    private final EventSplitter events;
    private int held;
    private boolean paused;
    private boolean stopped;

    StruckStreamPass(TapCall call, HttpClientResponse answer, List<Strike<HttpFault.Within>> within) {
        this.call = call;
        this.answer = answer;
        this.downstream = call.client().response();
        Onward onward = call.client();
        for (Strike<HttpFault.Within> strike : within.reversed()) {
            onward = StruckStream.by(strike.fault(), new Said(strike.by()), onward);
        }
        this.faults = onward;
        this.events = new EventSplitter(event -> {
            if (!stopped) {
                faults.event(event);
            }
        });
    }

    void begin() {
        downstream.headers().remove("content-length");
        downstream.setChunked(true).writeHead();
        answer.handler(this::take);
        answer.exceptionHandler(_ -> {
            if (ongoing()) {
                faults.cut();
            }
        });
        answer.endHandler(_ -> {
            if (ongoing()) {
                call.row().generatedWhole();
                events.end();
                faults.end();
            }
        });
    }

    private void take(Buffer piece) {
        if (ongoing()) {
            call.row().generated(piece);
            events.feed(piece);
            keepPace();
        }
    }

    private boolean ongoing() {
        return !stopped && !call.over();
    }

    /// The provider waits while the client does not read, and while faults hold too much back.
    private void keepPace() {
        if (call.over()) {
            return;
        }
        boolean full = downstream.writeQueueFull();
        boolean wait = full || held > MOST_HELD;
        if (full) {
            downstream.drainHandler(_ -> keepPace());
        }
        if (wait && !paused) {
            paused = true;
            answer.pause();
        } else if (!wait && paused) {
            paused = false;
            answer.resume();
        }
    }

    /// What one fault says and asks.
    private final class Said implements StruckCall {

        private final InjectedFault fault;

        Said(InjectedFault fault) {
            this.fault = fault;
        }

        @Override
        public void struck() {
            if (!call.over()) {
                call.row().struckBy(fault);
            }
        }

        @Override
        public void stopProvider() {
            stopped = true;
            call.stopProvider();
        }

        @Override
        public void after(Duration delay, Runnable action) {
            call.waits().after(delay, action);
        }

        @Override
        public boolean isLifted() {
            return fault.isLifted();
        }

        @Override
        public void whenLifted(Runnable action) {
            call.waits().whenLifted(fault, action);
        }

        @Override
        public void holds(int bytes) {
            held += bytes;
        }

        @Override
        public void letGo(int bytes) {
            held -= bytes;
            keepPace();
        }
    }
}
