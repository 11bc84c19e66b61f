package dev.changeover.harness.provider;

import dev.changeover.harness.dialect.Manner;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.toxics.catalog.FaultEffect.StruckBy;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// A tap before a provider of raw bytes, and the rows of its ledger. Faults are in force under their place in the
/// order of being put there.
final class TapBench implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-10-02T07:28:00.250Z");

    final RawPeer provider;
    final Tap tap;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final BlockingQueue<Event> rows = new LinkedBlockingQueue<>();

    TapBench(RawPeer provider, HttpFault... faults) {
        this(provider, provider.address(), faults);
    }

    private TapBench(RawPeer provider, URI upstream, HttpFault... faults) {
        this(provider, new Tap.Config(Arm.OLD, upstream, Optional.of("real-key"), 7));
        for (int index = 0; index < faults.length; index++) {
            inject(index, faults[index], Selection.ALL);
        }
    }

    private TapBench(RawPeer provider, Tap.Config config) {
        this.provider = provider;
        this.tap = Tap.start(vertx, config, rows::add, Ticker.since(System.nanoTime()), () -> NOW);
    }

    /// The provider is elsewhere.
    static TapBench before(URI upstream) {
        return new TapBench(new RawPeer(_ -> {}), upstream);
    }

    /// The same, by connections of another kind.
    static TapBench before(URI upstream, ReadyTransport transport) {
        return new TapBench(
                new RawPeer(_ -> {}),
                new Tap.Config(Arm.OLD, upstream, Optional.of("real-key"), 7, Manner.PLAIN, false, transport));
    }

    /// The provider says these bytes to everybody.
    static TapBench answering(String bytes, HttpFault... faults) {
        return new TapBench(new RawPeer(socket -> RawPeer.say(socket, bytes)), faults);
    }

    void inject(int index, HttpFault fault, Selection selection) {
        tap.inject(index, "fault-" + index, new StruckBy(fault, selection));
    }

    static List<Event.Strike> strikes(int... indices) {
        return IntStream.of(indices)
                .mapToObj(index -> Event.Strike.of(index, "fault-" + index))
                .toList();
    }

    RawClient client() throws IOException {
        return new RawClient(tap);
    }

    /// All that one client gets for one question.
    String answer(boolean stream) throws IOException {
        try (RawClient client = client()) {
            return client.lastAnswer(stream);
        }
    }

    Event.UpstreamCall row() throws InterruptedException {
        return (Event.UpstreamCall) next();
    }

    /// What the tap warned of before the next row.
    String warning() throws InterruptedException {
        return ((Event.Warning) next()).text();
    }

    private Event next() throws InterruptedException {
        Event event = rows.poll(20, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no row came to the ledger");
        }
        return event;
    }

    /// Until so many calls wait for a fault to be lifted.
    void awaitWaiting(int calls) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (tap.waiting() != calls) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(tap.waiting() + " calls wait, not " + calls);
            }
            Thread.yield();
        }
    }

    boolean hasRows() {
        return !rows.isEmpty();
    }

    @Override
    public void close() {
        provider.close();
        tap.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
