package dev.changeover.harness.history;

/// Takes events from any thread. Quick: writing happens elsewhere.
@FunctionalInterface
public interface EventSink {

    void accept(Event event);
}
