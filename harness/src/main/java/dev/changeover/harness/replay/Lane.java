package dev.changeover.harness.replay;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.Purpose;
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

        /// One that was begun.
        ///
        /// @param event made off the loop, for that takes its time
        void ended(Supplier<Event> event);

        /// One that ended in the queue, and was never begun.
        void neverBegun(Supplier<Event> event);

        /// A request that was handed over was dropped before it was due.
        void dropped();

        void warning(String text);
    }

    private final EventLoop loop;
    private final Ticker ticker;
    private final Deadlines patience;
    private final Listener listener;
    private final Admission admission;
    private final List<ConnectionPool> pools;
    private final Map<Departure, Future<?>> waiting = new HashMap<>();

    /// Due and not ended: in flight, or held back.
    private final Set<Exchange> open = new HashSet<>();

    private final byte[] scratch = new byte[SCRATCH_BYTES];
    private final Set<String> warned = new HashSet<>();
    private boolean stopped;

    Lane(
            EventLoop loop,
            Class<? extends Channel> channelType,
            List<Target> targets,
            Deadlines patience,
            Admission admission,
            Ticker ticker,
            Listener listener) {
        this.loop = loop;
        this.ticker = ticker;
        this.patience = patience;
        this.admission = admission;
        this.listener = listener;
        this.pools = targets.stream()
                .map(target -> ConnectionPool.of(this, target, channelType))
                .toList();
    }

    /// An exchange for the target of this number; from any thread.
    ///
    /// @param question hash of the body's question
    Exchange exchange(Departure departure, long question, int target, RequestBytes bytes) {
        return new Exchange(this, departure, question, pools.get(target), bytes);
    }

    /// Takes a request, to begin it when it is due; from any thread.
    void hand(Departure departure) {
        loop.execute(() -> {
            if (stopped) {
                drop(departure);
                return;
            }
            long delay = Math.max(0, departure.dueNanos() - now());
            waiting.put(departure, loop.schedule(() -> due(departure), delay, TimeUnit.NANOSECONDS));
        });
    }

    /// One that was held back may go; from any thread.
    void release(Departure departure, long nanos) {
        loop.execute(() -> {
            departure.releasedAt(nanos);
            if (!stopped) {
                departure.exchanges().forEach(Exchange::begin);
            }
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
        waiting.forEach((departure, timer) -> {
            timer.cancel(false);
            drop(departure);
        });
        waiting.clear();
        new ArrayList<>(open).forEach(Exchange::cancel);
        pools.forEach(ConnectionPool::close);
    }

    private void drop(Departure departure) {
        departure.exchanges().forEach(_ -> listener.dropped());
    }

    /// Warm-up does not wait: what cannot go at once is dropped, for it would hold back what counts.
    private void due(Departure departure) {
        waiting.remove(departure);
        boolean goes = admission.arrive(departure);
        if (!goes && departure.request().id().purpose() != Purpose.REQUEST) {
            drop(departure);
            return;
        }
        open.addAll(departure.exchanges());
        departure.exchanges().forEach(goes ? Exchange::begin : Exchange::queue);
    }

    void began() {
        listener.begun();
    }

    /// @param sent whether it was begun
    void ended(Exchange exchange, boolean sent, long nanos, Supplier<Event> event) {
        open.remove(exchange);
        if (sent) {
            listener.ended(event);
        } else {
            listener.neverBegun(event);
        }
        Departure departure = exchange.departure();
        if (departure.ended()) {
            admission.left(departure, nanos);
            departure.over(nanos);
        }
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
