package dev.changeover.benchmarks.replay;

import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Purpose;

/// The id that every client's request carries: of those that warm up, and of those that count, each from 0.
final class Ids {

    static final String HEADER = CallId.HEADER;

    private Ids() {}

    /// @param number negative: one that warms up
    static CallId of(long number, int rate, int warmUpSeconds) {
        return number < 0
                ? new CallId(Purpose.WARMUP, number + (long) rate * warmUpSeconds)
                : new CallId(Purpose.REQUEST, number);
    }

    static String of(long number, Load load) {
        return of(number, load.rate(), load.warmUpSeconds()).text();
    }
}
