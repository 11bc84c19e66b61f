package dev.changeover.harness.check;

import dev.changeover.harness.stats.Proportions;
import java.util.List;
import java.util.OptionalDouble;

/// How long it took from a fault in force until the system was back within objectives for good.
///
/// A window is within objectives when the share of its requests that missed one is at most the error
/// objective. The first such window is the recovery if no later one breaks it, and to break it a window
/// must hold more misses than the objective makes plausible (exact binomial, one-sided, 0.1 %): with
/// windows of fifty requests and an objective of 1 %, a single unlucky request would else undo a
/// recovery.
///
/// @param known false when no window was large enough to say, or nothing was promised
/// @param millis zero when never degraded, empty when never recovered
record Recovery(boolean known, OptionalDouble millis) {

    static final double IMPLAUSIBLE = 0.001;

    static final Recovery UNKNOWN = new Recovery(false, OptionalDouble.empty());

    /// @param windows from the fault in force to the end or the next fault, `hits` being misses
    static Recovery of(List<DueWindows.Window> windows, long inForceNanos, double objective) {
        if (windows.isEmpty()) {
            return UNKNOWN;
        }
        int recovered = windows.size();
        for (int i = windows.size() - 1; i >= 0 && !broken(windows.get(i), objective); i--) {
            if (within(windows.get(i), objective)) {
                recovered = i;
            }
        }
        return new Recovery(
                true,
                recovered == windows.size()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((windows.get(recovered).fromNanos() - inForceNanos) / 1e6));
    }

    private static boolean within(DueWindows.Window window, double objective) {
        return window.hits() <= objective * window.requests() + 1e-9;
    }

    private static boolean broken(DueWindows.Window window, double objective) {
        return !within(window, objective)
                && Proportions.atLeast(window.hits(), window.requests(), objective) < IMPLAUSIBLE;
    }
}
