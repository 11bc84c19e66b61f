package dev.changeover.harness.measurement;

import dev.changeover.harness.scenario.FittedProfile.Play;
import java.util.List;

/// Answers drawn from the calls that were measured about then: the nearest in time, any of them alike, as they were.
///
/// Twenty tell a share of errors to within a fifth, and let a change of minutes in a probe of every other minute be
/// seen within the hour. After its end the measurement stays as it ended.
final class Incident {

    static final int NEAREST = 20;

    private final List<MeasuredCall> calls;
    private final double speed;
    private final double usualPace;

    /// @param calls with times, in order
    /// @param usualPace of answers that have none of their own
    Incident(List<MeasuredCall> calls, Play.Incident play, double usualPace) {
        this.calls = calls;
        this.speed = play.speed();
        this.usualPace = usualPace;
    }

    /// @param runNanos since the run's t0; before it, the incident stands at its beginning
    Drawn draw(long address, long runNanos) {
        double at = Math.max(0, runNanos) * speed;
        int first = firstOfNearest(at);
        int among = Math.min(NEAREST, calls.size());
        MeasuredCall call = calls.get(first + Math.min((int) (Distribution.unit(address, 1) * among), among - 1));
        return new Drawn(
                call.ttftNanos().orElse(0),
                call.nanosPerToken().orElse(usualPace),
                call.outputTokens(),
                call.failure());
    }

    /// How long the run takes to reach its end.
    double runNanos() {
        return at(calls.size() - 1) / speed;
    }

    private int firstOfNearest(double at) {
        int from = firstAtOrAfter(at);
        int to = from;
        while (to - from < Math.min(NEAREST, calls.size())) {
            if (to == calls.size() || from > 0 && at - at(from - 1) <= at(to) - at) {
                from--;
            } else {
                to++;
            }
        }
        return from;
    }

    private int firstAtOrAfter(double at) {
        int low = 0;
        int high = calls.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle) < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double at(int index) {
        return calls.get(index).atNanos().getAsLong();
    }
}
