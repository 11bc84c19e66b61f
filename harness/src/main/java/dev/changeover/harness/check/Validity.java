package dev.changeover.harness.check;

import java.util.ArrayList;
import java.util.List;

/// Whether the run can be believed.
///
/// @param why sentences, each a reason to doubt it; empty when valid
/// @param sendLateness how long after they were due requests left
/// @param longestPauseMillis that a thread which only sleeps was kept from waking
/// @param cpuProcessPeak share of all cores, 0 to 1
public record Validity(List<String> why, Quantiles sendLateness, double longestPauseMillis, double cpuProcessPeak) {

    public Validity {
        why = List.copyOf(why);
    }

    public boolean valid() {
        return why.isEmpty();
    }

    /// The same with further reasons to doubt it.
    Validity doubtedFor(List<String> reasons) {
        List<String> all = new ArrayList<>(why);
        all.addAll(reasons);
        return new Validity(all, sendLateness, longestPauseMillis, cpuProcessPeak);
    }
}
