package dev.changeover.harness.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// How a run stands, told once a second while it lasts.
///
/// @param atSeconds since t0; negative during the warm-up
/// @param spanSeconds of the timeline
/// @param ended requests that have ended
/// @param planned requests in all
/// @param perSecond requests that ended in the last second
/// @param p95Millis latency of those
/// @param errors requests that failed since t0
/// @param servedBy by arm, calls answered in the last second
/// @param activeFaults `region-outage on old`
/// @param change how far the traffic has moved; empty while it has not
public record Progress(
        double atSeconds,
        double spanSeconds,
        long ended,
        long planned,
        double perSecond,
        int inFlight,
        OptionalDouble p95Millis,
        long errors,
        Map<String, Long> servedBy,
        List<String> activeFaults,
        Optional<Change> change) {

    /// @param phase from 0; empty without a rollout
    /// @param toNew the last weight that was in force, 0 to 1; empty while none was told
    /// @param eValue of the rollout's test; 20 or more rolls back
    /// @param rollingBack whether the way back has begun
    public record Change(Optional<Integer> phase, OptionalDouble toNew, OptionalDouble eValue, boolean rollingBack) {}
}
