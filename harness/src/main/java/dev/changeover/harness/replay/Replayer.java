package dev.changeover.harness.replay;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Sends requests when they are due, whatever became of those before them (open loop, absolute schedule),
/// and emits one [Event.Request] for each request and target. What a [Load] holds back is due all the same.
///
/// Requests are made ready in the thread that calls `play`, handed to an event loop ahead of time, and
/// fired by its timer. One that leaves late is recorded as late. With two targets a request goes to both at
/// the same due time, one right after the other; which is first changes from request to request. Nothing is
/// sent twice: a request that meets a dead keep-alive connection ends as `connection_reset`.
public final class Replayer implements AutoCloseable {

    private static final long LOOK_AHEAD_NANOS = Duration.ofMillis(500).toNanos();

    /// Of the thread of endings once it has caught up: to wake it for each one would cost a loop as much as all else.
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long SLACK_NANOS = Duration.ofSeconds(5).toNanos();

    private final List<Target> targets;
    private final Deadlines patience;
    private final Ticker ticker;
    private final EventSink sink;
    private final Loops loops;
    private final Lane.Listener listener;
    private final List<Lane> lanes;
    private final Admission admission;
    private final Pacer pacer;
    private final Tally tally = new Tally();
    private final AtomicReference<RuntimeException> sinkFailure = new AtomicReference<>();
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final ExecutorService endings;

    /// Of a closed loop.
    private volatile Optional<Callers> calling = Optional.empty();

    /// One that holds nothing back.
    public Replayer(List<Target> targets, Deadlines patience, Ticker ticker, EventSink sink) {
        this(targets, patience, Load.AS_RECORDED, ticker, sink);
    }

    /// @param targets one, or two for pairs
    /// @param ticker its nanoseconds must pass like those of `System.nanoTime()`, for timers are set by
    ///     them
    /// @param sink called from one thread
    public Replayer(List<Target> targets, Deadlines patience, Load load, Ticker ticker, EventSink sink) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a replay needs at least one target");
        }
        this.targets = List.copyOf(targets);
        this.patience = patience;
        this.ticker = ticker;
        this.sink = sink;
        this.admission = new Admission(load);
        this.pacer = new Pacer(ticker);
        this.endings = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                waiting,
                Thread.ofPlatform().daemon().name("replay-endings").factory());
        this.loops = Loops.start();
        this.listener = new Endings();
        this.lanes = loops.all().stream()
                .map(loop ->
                        new Lane(loop, loops.channelType(), this.targets, patience, admission, ticker, this.listener))
                .toList();
    }

    /// Sends them, in the order given, which must be the order in which they are due. Blocks until the last
    /// one's due time has come, or until `stop` or an interrupt, which stops the replay. Call it early:
    /// requests are made ready half a second ahead.
    ///
    /// @throws RuntimeException what `requests` or the sink threw
    public void play(Iterator<ScheduledRequest> requests) {
        long lastDueNanos = Long.MIN_VALUE;
        while (!pacer.hasGivenUp() && requests.hasNext()) {
            ScheduledRequest request = requests.next();
            lastDueNanos = request.dueNanos();
            if (!pacer.awaitUntil(lastDueNanos - LOOK_AHEAD_NANOS)) {
                break;
            }
            hand(ready(request, _ -> {}));
        }
        if (lastDueNanos != Long.MIN_VALUE) {
            pacer.awaitUntil(lastDueNanos);
        }
        if (Thread.currentThread().isInterrupted()) {
            stop();
        }
        rethrowSinkFailure();
    }

    /// Sends the warm-up, and from t0 on what so many callers say, each with one conversation after the other
    /// (closed loop). Blocks until the last requests have been sent, or until `stop` or an interrupt, which
    /// stops the replay.
    ///
    /// @param untilNanos what would be due then or later is not sent
    /// @throws RuntimeException what the conversations or the sink threw
    public void play(Iterator<ScheduledRequest> warmUp, Conversations conversations, int callers, long untilNanos) {
        Callers closed = new Callers(conversations, new ClosedStage(), callers, untilNanos);
        calling = Optional.of(closed);
        closed.fill();
        play(warmUp);
        if (pacer.hasGivenUp()) {
            return;
        }
        try {
            closed.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            stop();
        }
        rethrowSinkFailure();
    }

    /// Blocks until all have ended and are written down. Their deadlines bound it; an interrupt stops the
    /// replay.
    public void drain() {
        boolean interrupted = false;
        long bound = patience.total().toNanos() + SLACK_NANOS;
        while (true) {
            try {
                if (!tally.awaitAllOver(bound)) {
                    listener.warning(
                            "%d requests were past every deadline and had to be cancelled".formatted(inFlight()));
                    stop();
                }
                break;
            } catch (InterruptedException _) {
                interrupted = true;
                stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrowSinkFailure();
    }

    /// From any thread: `play` returns, requests that are not due yet are dropped, those in flight end as
    /// cancelled.
    public void stop() {
        pacer.giveUp();
        admission.stop();
        calling.ifPresent(Callers::stop);
        lanes.forEach(Lane::stop);
    }

    /// Sent and not ended, counted for each target.
    public int inFlight() {
        return tally.inFlight();
    }

    /// Stops what is left and ends every thread and socket.
    @Override
    public void close() {
        stop();
        loops.close();
        endings.close();
    }

    private void hand(Departure departure) {
        tally.handed(departure.exchanges().size());
        departure.lane().hand(departure);
    }

    /// @param over told when the last of its exchanges ended
    private Departure ready(ScheduledRequest request, LongConsumer over) {
        Lane lane = lanes.get((int) Math.floorMod(Hash.of(request.conversation()), (long) lanes.size()));
        Departure departure = new Departure(lane, request.withoutBody(), over);
        ChatRequest tagged = tagged(request);
        long question = tagged.questionHash();
        int first = (int) Math.floorMod(Hash.mix(request.id().number()), (long) targets.size());
        for (int i = 0; i < targets.size(); i++) {
            int index = (first + i) % targets.size();
            Target target = targets.get(index);
            byte[] body =
                    tagged.withModel(target.modelName().apply(request.model())).toBytes();
            RequestBytes bytes = RequestBytes.of(target, request, body);
            departure.add(lane.exchange(departure, question, index, bytes));
        }
        return departure;
    }

    private static ChatRequest tagged(ScheduledRequest request) {
        try {
            ChatRequest parsed = ChatRequest.parse(request.body());
            return parsed.withUser(Optional.of(request.id().tag(parsed.user())));
        } catch (MalformedRequestException e) {
            throw new IllegalArgumentException(
                    "request %s has no chat-completion body: %s"
                            .formatted(request.id().text(), e.getMessage()),
                    e);
        }
    }

    private void rethrowSinkFailure() {
        RuntimeException failure = sinkFailure.get();
        if (failure != null) {
            throw failure;
        }
    }

    private final class ClosedStage implements Callers.Stage {

        @Override
        public Departure ready(ScheduledRequest request, LongConsumer over) {
            return Replayer.this.ready(request, over);
        }

        @Override
        public void hand(Departure departure) {
            Replayer.this.hand(departure);
        }
    }

    /// Takes endings off the loops and writes them down in a thread of their own.
    private final class Endings implements Lane.Listener {

        @Override
        public void begun() {
            tally.begun();
        }

        @Override
        public void ended(Supplier<Event> event) {
            tally.ended();
            neverBegun(event);
        }

        @Override
        public void neverBegun(Supplier<Event> event) {
            endings.execute(() -> {
                write(event);
                tally.over();
                if (waiting.isEmpty()) {
                    LockSupport.parkNanos(REST_NANOS);
                }
            });
        }

        @Override
        public void dropped() {
            tally.over();
        }

        @Override
        public void warning(String text) {
            Event warning = new Event.Warning(ticker.nanos(), text);
            endings.execute(() -> write(() -> warning));
        }

        private void write(Supplier<Event> event) {
            try {
                sink.accept(event.get());
            } catch (RuntimeException e) {
                sinkFailure.compareAndSet(null, e);
                stop();
            }
        }
    }
}
