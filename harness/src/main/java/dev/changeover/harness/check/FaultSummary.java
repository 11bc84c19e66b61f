package dev.changeover.harness.check;

import java.util.List;
import java.util.OptionalDouble;

/// What a fault did and how the system came through.
///
/// @param turns in which it was there: many, where it comes and goes, else one
/// @param toMillis gone, since t0; empty when it never was
/// @param mttdMillis in force -> first call to another provider for a request due later
/// @param rtoMillis in force -> back within objectives for good; empty: never
/// @param rtoKnown false when no window was large enough to say, or there are no objectives
/// @param failbackMillis gone -> the provider's share of the traffic is back; empty: never
/// @param failbackKnown false where the provider had no share before, the fault stayed, or too little came after
/// @param lost requests under way while it was in force that got no answer and no error
/// @param requestsHit requests that met it, by the ledger, the gateway's attempts and the proxy's counters
/// @param hitAtMost whether it can have been fewer: nobody told which of the calls meanwhile met it
public record FaultSummary(
        String fault,
        String on,
        List<Turn> turns,
        OptionalDouble toMillis,
        OptionalDouble mttdMillis,
        OptionalDouble rtoMillis,
        boolean rtoKnown,
        OptionalDouble failbackMillis,
        boolean failbackKnown,
        long lost,
        OptionalDouble retryAmplification,
        long requestsHit,
        boolean hitAtMost) {

    public FaultSummary {
        turns = List.copyOf(turns);
    }

    /// In force, since t0.
    public double fromMillis() {
        return turns.getFirst().fromMillis();
    }

    /// @param toMillis empty when the run ended first
    public record Turn(double fromMillis, OptionalDouble toMillis) {

        /// For one that does not come and go.
        public static List<Turn> once(double fromMillis, OptionalDouble toMillis) {
            return List.of(new Turn(fromMillis, toMillis));
        }
    }
}
