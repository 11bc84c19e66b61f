package dev.changeover.harness.replay;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.units.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One event loop with the requests that were handed to it: those not due yet, those in flight, and the
/// connections that carry them. All but `hand` and `stop` is confined to the loop.
final class Lane {

    static final int SCRATCH_BYTES = 64 << 10;

    /// Told what happens in a lane, on the lane's loop.
    interface Listener {

        void begun();

        /// @param event made off the loop, for that takes its time
        void ended(Supplier<Event> event);

        /// A request that was handed over was dropped before it was due.
        void dropped();

        void warning(String text);
    }

    private final EventLoop loop;
    private final Ticker ticker;
    private final Deadlines patience;
    private final Listener listener;
    private final List<ConnectionPool> pools;
    private final Map<List<Exchange>, Future<?>> waiting = new HashMap<>();
    private final Set<Exchange> inFlight = new HashSet<>();
    private final byte[] scratch = new byte[SCRATCH_BYTES];
    private final Set<String> warned = new HashSet<>();
    private boolean stopped;

    Lane(
            EventLoop loop,
            Class<? extends Channel> channelType,
            List<Target> targets,
            Deadlines patience,
            Ticker ticker,
            Listener listener) {
        this.loop = loop;
        this.ticker = ticker;
        this.patience = patience;
        this.listener = listener;
        this.pools = targets.stream()
                .map(target -> new ConnectionPool(this, target, channelType))
                .toList();
    }

    /// An exchange for the target of this number; from any thread.
    ///
    /// @param question hash of the body's question
    Exchange exchange(ScheduledRequest request, long question, int target, byte[] bytes) {
        return new Exchange(this, request, question, pools.get(target), bytes);
    }

    /// Takes one request's exchanges, to begin them one right after the other when they are due; from any
    /// thread.
    void hand(List<Exchange> exchanges, long dueNanos) {
        loop.execute(() -> {
            if (stopped) {
                exchanges.forEach(_ -> listener.dropped());
                return;
            }
            long delay = Math.max(0, dueNanos - now());
            waiting.put(exchanges, loop.schedule(() -> begin(exchanges), delay, TimeUnit.NANOSECONDS));
        });
    }

    /// Drops what is not due yet, cancels what is in flight, closes every connection; from any thread.
    void stop() {
        if (loop.isShuttingDown()) {
            return;
        }
        try {
            loop.execute(this::stopInLoop);
        } catch (RejectedExecutionException _) {
            // it shut down meanwhile, which ended all that there was to stop
        }
    }

    private void stopInLoop() {
        stopped = true;
        waiting.forEach((exchanges, timer) -> {
            timer.cancel(false);
            exchanges.forEach(_ -> listener.dropped());
        });
        waiting.clear();
        new ArrayList<>(inFlight).forEach(Exchange::cancel);
        pools.forEach(ConnectionPool::close);
    }

    private void begin(List<Exchange> exchanges) {
        waiting.remove(exchanges);
        for (Exchange exchange : exchanges) {
            inFlight.add(exchange);
            listener.begun();
            exchange.begin();
        }
    }

    void ended(Exchange exchange, Supplier<Event> event) {
        inFlight.remove(exchange);
        listener.ended(event);
    }

    /// The same text is told once, for what goes wrong for one request goes wrong for thousands.
    void warn(String text) {
        if (warned.add(text)) {
            listener.warning(text);
        }
    }

    EventLoop loop() {
        return loop;
    }

    Deadlines patience() {
        return patience;
    }

    long now() {
        return ticker.nanos();
    }

    byte[] scratch() {
        return scratch;
    }
}
