package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Share;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What is replayed, and how fast.
///
/// @param trace an importable file
/// @param from trace time at which the window starts
/// @param length of the window in trace time; empty: to the end of the trace
/// @param speed trace time is divided by it, so load is multiplied by it
/// @param stream share of requests sent as SSE where the trace does not say
/// @param model where the trace names none; empty: the first of the old provider's models
/// @param patience how long the caller waits at each stage
/// @param warmUp how long requests that do not count are sent before t0
/// @param sample share of the conversations that is replayed, each whole or not at all
/// @param cancel whether callers who left before their answer was complete leave again
/// @param load what decides when a request leaves
/// @param client how the caller's connections are made
public record Traffic(
        Path trace,
        Duration from,
        Optional<Duration> length,
        double speed,
        Share stream,
        Optional<String> model,
        Deadlines patience,
        Duration warmUp,
        Share sample,
        boolean cancel,
        Load load,
        Transport client) {

    /// All of it, as it was recorded.
    public Traffic(
            Path trace,
            Duration from,
            Optional<Duration> length,
            double speed,
            Share stream,
            Optional<String> model,
            Deadlines patience,
            Duration warmUp) {
        this(trace, from, length, speed, stream, model, patience, warmUp, Share.ALL, true, Load.AS_RECORDED);
    }

    /// By connections as they are made where a scenario does not say.
    public Traffic(
            Path trace,
            Duration from,
            Optional<Duration> length,
            double speed,
            Share stream,
            Optional<String> model,
            Deadlines patience,
            Duration warmUp,
            Share sample,
            boolean cancel,
            Load load) {
        this(trace, from, length, speed, stream, model, patience, warmUp, sample, cancel, load, Transport.CALLER);
    }

    public Traffic {
        if (sample.value() <= 0) {
            throw new IllegalArgumentException("sample must be above 0%");
        }
        if (from.isNegative()) {
            throw new IllegalArgumentException("from must be >= 0, got " + from);
        }
        if (length.isPresent() && !length.get().isPositive()) {
            throw new IllegalArgumentException("length must be > 0, got " + length.get());
        }
        if (!(speed > 0 && speed <= 1000)) {
            throw new IllegalArgumentException("speed must be above 0x and at most 1000x, got " + speed + "x");
        }
    }
}
