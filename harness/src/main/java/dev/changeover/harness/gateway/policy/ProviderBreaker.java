package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.scenario.Gateway;
import java.util.Optional;

/// The circuit breaker of one provider. Failures in a row open it; after a while it lets a few calls through to try,
/// and closes when all of them succeed; the first that fails opens it again.
///
/// Every call holds a [Pass]. A call that began before the breaker last changed its mind counts for nothing when it
/// ends. Why not a library: docs/decisions/0003-breaker.md.
public final class ProviderBreaker {

    /// Leave for one call, to be given back to [#settle] once.
    public record Pass(long generation) {}

    /// What a call said about its provider.
    public enum Sign {
        GOOD,
        FAULT,
        /// Nothing: the caller went away, or was at fault.
        NONE
    }

    public enum State {
        CLOSED("closed"),
        OPEN("open"),
        HALF_OPEN("half_open");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// Told of every change of state.
    @FunctionalInterface
    public interface Watcher {
        void changed(State from, State to, long nowNanos);
    }

    private final Gateway.Breaker settings;
    private final Watcher watcher;
    private State state = State.CLOSED;
    private long generation;
    private int failuresInRow;
    private long openUntilNanos;
    private int trialsRunning;
    private int trialsGood;

    public ProviderBreaker(Gateway.Breaker settings, Watcher watcher) {
        this.settings = settings;
        this.watcher = watcher;
    }

    /// Leave for a call now; empty when the provider is to be left alone.
    public Optional<Pass> admit(long nowNanos) {
        if (!admits(nowNanos)) {
            return Optional.empty();
        }
        if (state == State.OPEN) {
            become(State.HALF_OPEN, nowNanos);
        }
        if (state == State.HALF_OPEN) {
            trialsRunning++;
        }
        return Optional.of(new Pass(generation));
    }

    /// Whether [#admit] would give leave at a time, as things stand.
    public boolean admits(long atNanos) {
        return switch (state) {
            case CLOSED -> true;
            case OPEN -> atNanos >= openUntilNanos;
            case HALF_OPEN -> trialsRunning + trialsGood < settings.halfOpen();
        };
    }

    /// The earliest time at which it may admit a call, as far as is known: now, or when it stops being open.
    public long admitsFromNanos(long nowNanos) {
        return state == State.OPEN ? Math.max(nowNanos, openUntilNanos) : nowNanos;
    }

    /// A call is over.
    public void settle(Pass pass, Sign sign, long nowNanos) {
        if (pass.generation() != generation) {
            return;
        }
        switch (state) {
            case CLOSED -> settleClosed(sign, nowNanos);
            case HALF_OPEN -> settleTrial(sign, nowNanos);
            case OPEN -> throw new IllegalStateException("a pass of generation " + generation + " while open");
        }
    }

    public State state() {
        return state;
    }

    private void settleClosed(Sign sign, long nowNanos) {
        switch (sign) {
            case GOOD -> failuresInRow = 0;
            case FAULT -> {
                failuresInRow++;
                if (failuresInRow >= settings.failures()) {
                    open(nowNanos);
                }
            }
            case NONE -> {}
        }
    }

    private void settleTrial(Sign sign, long nowNanos) {
        trialsRunning--;
        switch (sign) {
            case GOOD -> {
                trialsGood++;
                if (trialsGood >= settings.halfOpen()) {
                    become(State.CLOSED, nowNanos);
                }
            }
            case FAULT -> open(nowNanos);
            case NONE -> {}
        }
    }

    private void open(long nowNanos) {
        openUntilNanos = nowNanos + settings.open().toNanos();
        become(State.OPEN, nowNanos);
    }

    private void become(State next, long nowNanos) {
        State from = state;
        state = next;
        generation++;
        failuresInRow = 0;
        trialsRunning = 0;
        trialsGood = 0;
        watcher.changed(from, next, nowNanos);
    }
}
