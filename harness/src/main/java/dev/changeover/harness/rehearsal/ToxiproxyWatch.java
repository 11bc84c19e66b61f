package dev.changeover.harness.rehearsal;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Notices that the Toxiproxy is gone: what clients meet from then on is no fault of the scenario's.
final class ToxiproxyWatch implements AutoCloseable {

    private static final long BETWEEN_LOOKS_MILLIS = 500;

    private final Background background;

    /// @param look why it is gone; empty while it is not
    /// @param onFailure told once. Not of a first look that fails: what ends the whole process may end it sooner
    ToxiproxyWatch(Supplier<Optional<String>> look, Consumer<String> onFailure) {
        this.background = new Background("toxiproxy-watch", () -> {
            boolean failed = false;
            while (true) {
                Optional<String> failure = look.get();
                if (failed && failure.isPresent()) {
                    onFailure.accept(failure.get());
                    return;
                }
                failed = failure.isPresent();
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
        });
    }

    void start() {
        background.start();
    }

    @Override
    public void close() {
        background.close();
    }
}
