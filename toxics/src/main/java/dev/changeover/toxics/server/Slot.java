package dev.changeover.toxics.server;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// A toxic's place in one direction of one connection: passes bytes by while its toxicity spares the connection.
///
/// What the toxic remembers of a connection outlives that: a limit goes on counting where it was.
final class Slot implements Outlet, Site {

    private final Link link;
    private final String name;
    private final RandomGenerator random;
    private final double draw;
    private Optional<Stage> stage = Optional.empty();
    private boolean strikes;
    private boolean discarded;
    private Outlet next;
    private long touched;

    Slot(Link link, NamedToxic toxic, Seed connection, Outlet next) {
        this.link = link;
        this.name = toxic.name();
        this.random = connection.forToxic(name).random();
        this.draw = random.nextDouble();
        this.next = next;
    }

    String name() {
        return name;
    }

    long touchedChunks() {
        return touched;
    }

    /// Puts these settings in force. Not called before the slot is in its chain: a stage may act at once.
    void apply(NamedToxic toxic) {
        boolean struckBefore = strikes;
        strikes = draw < toxic.toxicity();
        if (strikes && stage.isPresent()) {
            stage.get().update(toxic.toxic());
        } else if (strikes) {
            stage = Optional.of(Stages.of(toxic.toxic(), this));
        } else if (struckBefore) {
            stage.orElseThrow().spared();
        }
    }

    void removed() {
        boolean struckBefore = strikes;
        strikes = false;
        if (struckBefore) {
            stage.orElseThrow().removed();
        }
    }

    /// Nothing passes here any more, not even what a toxic that was before it still held.
    void discard() {
        discarded = true;
        strikes = false;
        stage.ifPresent(Stage::discard);
    }

    boolean hasRoom() {
        return !strikes || stage.orElseThrow().hasRoom();
    }

    void leadsTo(Outlet outlet) {
        next = outlet;
    }

    @Override
    public void data(ByteBuf chunk) {
        if (discarded) {
            chunk.release();
        } else {
            outlet().data(chunk);
        }
    }

    @Override
    public void end(Ending how) {
        if (!discarded) {
            outlet().end(how);
        }
    }

    private Outlet outlet() {
        return strikes ? stage.orElseThrow() : next;
    }

    @Override
    public Outlet next() {
        return next;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Runnable schedule(long delayNanos, Runnable task) {
        var future = link.loop().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void touched() {
        touched++;
    }

    @Override
    public void passedOn() {
        link.flush();
        link.adjustReading();
    }

    @Override
    public void endAndClose() {
        link.cutBehind(this);
    }

    @Override
    public void close() {
        link.connection().close();
    }

    @Override
    public void reset() {
        link.connection().reset();
    }
}
