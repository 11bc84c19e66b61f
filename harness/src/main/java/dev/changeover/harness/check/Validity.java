package dev.changeover.harness.check;

import dev.changeover.harness.stats.Sample;
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

    /// Of a run whose check broke.
    static Validity unknown() {
        return new Validity(List.of(), Quantiles.of(Sample.of(new double[0], Double.POSITIVE_INFINITY)), 0, 0);
    }

    /// The same with further reasons to doubt it.
    Validity doubtedFor(List<String> reasons) {
        List<String> all = new ArrayList<>(why);
        all.addAll(reasons);
        return new Validity(all, sendLateness, longestPauseMillis, cpuProcessPeak);
    }
}
