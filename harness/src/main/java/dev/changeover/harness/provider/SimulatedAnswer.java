package dev.changeover.harness.provider;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// One answer on its way: emits what is due, waits while the client does not read, stops when it is gone.
final class SimulatedAnswer {

    private static final int MOST_AT_ONCE = 64;

    private final HttpServerResponse response;
    private final Completion completion;
    private final Behaviour behaviour;
    private final Pacer pacer;
    private final LongSupplier clock;
    private final long startNanos;
    private int emitted;
    private int last;
    private Consumer<Buffer> ending = _ -> {};

    SimulatedAnswer(
            HttpServerResponse response, Completion completion, Behaviour behaviour, Pacer pacer, LongSupplier clock) {
        this.response = response;
        this.completion = completion;
        this.behaviour = behaviour;
        this.pacer = pacer;
        this.clock = clock;
        this.startNanos = clock.getAsLong();
    }

    void whole() {
        response.putHeader("Content-Type", "application/json");
        pacer.at(startNanos + behaviour.dueNanos(behaviour.tokens()), () -> {
            if (alive()) {
                response.end(completion.whole(behaviour.tokens()));
            }
        });
    }

    void stream(boolean withUsage) {
        stream(behaviour.tokens(), due -> response.end(due.appendBuffer(completion.ending(emitted, withUsage))));
    }

    /// The first half of it, 1 token at least.
    ///
    /// @param then what comes after, in place of the rest
    void streamHalf(Runnable then) {
        stream(Math.max(1, behaviour.tokens() / 2), due -> {
            response.write(due);
            then.run();
        });
    }

    private void stream(int tokens, Consumer<Buffer> then) {
        last = tokens;
        ending = then;
        response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
        response.write(completion.opening());
        await();
    }

    private void await() {
        int next = Math.min(emitted, last - 1);
        pacer.at(startNanos + behaviour.dueNanos(Math.max(next, 0)), this::emit);
    }

    private void emit() {
        if (!alive()) {
            return;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(_ -> {
                response.drainHandler(null);
                emit();
            });
            return;
        }
        long now = clock.getAsLong() - startNanos;
        Buffer due = Buffer.buffer(512);
        int before = emitted;
        while (emitted < last && emitted - before < MOST_AT_ONCE && behaviour.dueNanos(emitted) <= now) {
            completion.appendToken(due, emitted++);
        }
        if (emitted == last) {
            ending.accept(due);
            return;
        }
        if (due.length() > 0) {
            response.write(due);
        }
        await();
    }

    private boolean alive() {
        return !response.closed() && !response.ended();
    }
}
