package dev.changeover.harness.replay;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Sends requests when they are due, whatever became of those before them (open loop, absolute schedule),
/// and emits one [Event.Request] for each request and target.
///
/// Requests are made ready in the thread that calls `play`, handed to an event loop ahead of time, and
/// fired by its timer. One that leaves late is recorded as late. With two targets a request goes to both at
/// the same due time, one right after the other; which is first changes from request to request. Nothing is
/// sent twice: a request that meets a dead keep-alive connection ends as `connection_reset`.
public final class Replayer implements AutoCloseable {

    private static final long LOOK_AHEAD_NANOS = Duration.ofMillis(500).toNanos();
    private static final long SLACK_NANOS = Duration.ofSeconds(5).toNanos();

    private final List<Target> targets;
    private final Deadlines patience;
    private final Ticker ticker;
    private final EventSink sink;
    private final Loops loops;
    private final Lane.Listener listener;
    private final List<Lane> lanes;
    private final Pacer pacer;
    private final Tally tally = new Tally();
    private final AtomicReference<RuntimeException> sinkFailure = new AtomicReference<>();
    private final ExecutorService endings;

    /// @param targets one, or two for pairs
    /// @param ticker its nanoseconds must pass like those of `System.nanoTime()`, for timers are set by
    ///     them
    /// @param sink called from one thread
    public Replayer(List<Target> targets, Deadlines patience, Ticker ticker, EventSink sink) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a replay needs at least one target");
        }
        this.targets = List.copyOf(targets);
        this.patience = patience;
        this.ticker = ticker;
        this.sink = sink;
        this.pacer = new Pacer(ticker);
        this.endings = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("replay-endings").factory());
        this.loops = Loops.start();
        this.listener = new Endings();
        this.lanes = loops.all().stream()
                .map(loop -> new Lane(loop, loops.channelType(), this.targets, patience, ticker, this.listener))
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
            hand(request);
        }
        if (lastDueNanos != Long.MIN_VALUE) {
            pacer.awaitUntil(lastDueNanos);
        }
        if (Thread.currentThread().isInterrupted()) {
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

    private void hand(ScheduledRequest request) {
        Lane lane = lanes.get((int) (request.id().number() % lanes.size()));
        List<Exchange> exchanges = new ArrayList<>(targets.size());
        ChatRequest tagged = tagged(request);
        long question = tagged.questionHash();
        int first = (int) Math.floorMod(Hash.mix(request.id().number()), (long) targets.size());
        ScheduledRequest withoutBody = new ScheduledRequest(
                request.id(),
                request.dueNanos(),
                request.conversation(),
                request.model(),
                request.stream(),
                new byte[0]);
        for (int i = 0; i < targets.size(); i++) {
            int index = (first + i) % targets.size();
            Target target = targets.get(index);
            byte[] body =
                    tagged.withModel(target.modelName().apply(request.model())).toBytes();
            byte[] bytes = RequestBytes.of(target, request, body);
            exchanges.add(lane.exchange(withoutBody, question, index, bytes));
        }
        tally.handed(exchanges.size());
        lane.hand(exchanges, request.dueNanos());
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

    /// Takes endings off the loops and writes them down in a thread of their own.
    private final class Endings implements Lane.Listener {

        @Override
        public void begun() {
            tally.begun();
        }

        @Override
        public void ended(Supplier<Event> event) {
            tally.ended();
            endings.execute(() -> {
                write(event);
                tally.over();
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
