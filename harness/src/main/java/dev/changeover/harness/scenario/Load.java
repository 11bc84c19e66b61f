package dev.changeover.harness.scenario;

import java.util.OptionalInt;

/// What decides when a request leaves: the recorded times, or the answers to those before it.
public sealed interface Load {

    /// Every request leaves at its recorded time, whatever became of those before it.
    Load AS_RECORDED = new Open(false, OptionalInt.empty());

    /// Requests are due at their recorded times. One that is held back waits in its caller's own queue, and its
    /// latency counts the waiting.
    ///
    /// @param inOrder whether a turn waits for the end of the turn before it
    /// @param maxInFlight how many may be under way at once
    record Open(boolean inOrder, OptionalInt maxInFlight) implements Load {
        public Open {
            if (maxInFlight.orElse(1) < 1) {
                throw new IllegalArgumentException("max_in_flight must be >= 1, got " + maxInFlight.getAsInt());
            }
        }
    }

    /// So many callers, each of whom has one conversation after the other, turn by turn: what is sent follows the
    /// answers.
    record Closed(int callers) implements Load {

        public static final int MOST_CALLERS = 100_000;

        public Closed {
            if (callers < 1 || callers > MOST_CALLERS) {
                throw new IllegalArgumentException(
                        "concurrency must be from 1 to %d, got %d".formatted(MOST_CALLERS, callers));
            }
        }
    }
}
