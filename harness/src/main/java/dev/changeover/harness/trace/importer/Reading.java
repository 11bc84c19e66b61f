package dev.changeover.harness.trace.importer;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How a recording is to be read.
///
/// @param leftOut told of the rows that cannot be replayed
/// @param ratePerSecond of arrivals, evenly and in the order of the rows, in place of the recorded times
public record Reading(LeftOut leftOut, OptionalDouble ratePerSecond) {

    /// Why a row without a time is left out.
    static final String NO_TIME = "no time of arrival";

    /// What gives such rows a time.
    static final String WITH_A_RATE = "import with --rate, as in --rate 2/s";

    private static final double LEAST = 1e-6;
    private static final double MOST = 1e6;

    public Reading {
        ratePerSecond.ifPresent(rate -> {
            if (!(rate >= LEAST && rate <= MOST)) {
                throw new IllegalArgumentException(
                        "rate must be from %s to %s a second, got %s".formatted(LEAST, MOST, rate));
            }
        });
    }

    /// At the recorded times, and every row or none.
    public static Reading whole() {
        return new Reading(LeftOut.refusing(), OptionalDouble.empty());
    }

    /// At the recorded times.
    public static Reading counting(LeftOut leftOut) {
        return new Reading(leftOut, OptionalDouble.empty());
    }

    /// When a row arrived, by its own clock; any time where a rate takes its place.
    ///
    /// @throws UnusableRow when neither is known
    long arrival(OptionalLong recordedNanos) throws UnusableRow {
        if (recordedNanos.isEmpty() && ratePerSecond.isEmpty()) {
            throw new UnusableRow(NO_TIME, NO_TIME + "; " + WITH_A_RATE);
        }
        return recordedNanos.orElse(0);
    }

    Reading telling(LeftOut other) {
        return new Reading(other, ratePerSecond);
    }
}
