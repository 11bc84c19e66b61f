package dev.changeover.harness.provider;

/// A connection that a tap accepted: when it was opened, and since when it has been idle.
final class ClientConnection {

    private final long openedNanos;
    private long idleSinceNanos;

    ClientConnection(long openedNanos) {
        this.openedNanos = openedNanos;
        this.idleSinceNanos = openedNanos;
    }

    long openedNanos() {
        return openedNanos;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    /// The answer to its last call was handed over.
    void answered(long nanos) {
        idleSinceNanos = nanos;
    }
}
