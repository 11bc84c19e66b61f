package dev.changeover.harness.wire;

/// How a request, or one call for it, ended. Exactly one of these.
public sealed interface Outcome {

    Outcome SERVED = new Served();
    Outcome CANCELLED = new Cancelled();

    /// Complete and not empty.
    record Served() implements Outcome {}

    /// Given up by the one who asked, as the trace says or because the client went away.
    record Cancelled() implements Outcome {}

    record Failed(ErrorKind kind) implements Outcome {}

    default boolean isServed() {
        return this instanceof Served;
    }
}
