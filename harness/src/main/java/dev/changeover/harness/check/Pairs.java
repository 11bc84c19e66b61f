package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Selection;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.units.Arm;
import java.util.Arrays;
import java.util.List;

/// The requests that went to both arms, side by side.
public final class Pairs {

    /// A measure of those pairs that have it on both sides, in milliseconds.
    ///
    /// @param clusters conversations, numbered from 0
    public record Measured(double[] before, double[] after, int[] clusters) {}

    private final List<Event.Request> before;
    private final List<Event.Request> after;
    private final int[] clusters;
    private final Deadlines patience;

    private Pairs(List<Event.Request> before, List<Event.Request> after, int[] clusters, Deadlines patience) {
        this.before = before;
        this.after = after;
        this.clusters = clusters;
        this.patience = patience;
    }

    /// @param requests by number and then arm
    static Pairs of(List<Event.Request> requests, Deadlines patience) {
        int[] before = new int[requests.size() / 2];
        int[] after = new int[requests.size() / 2];
        int count = 0;
        Clusters numbers = new Clusters();
        int[] clusters = new int[requests.size() / 2];
        for (int i = 0; i + 1 < requests.size(); i++) {
            Event.Request first = requests.get(i);
            Event.Request second = requests.get(i + 1);
            if (first.id().number() == second.id().number() && is(first, Arm.OLD) && is(second, Arm.NEW)) {
                clusters[count] = numbers.of(first.conversation());
                before[count] = i;
                after[count++] = i + 1;
            }
        }
        return new Pairs(
                Selection.at(requests, before, count),
                Selection.at(requests, after, count),
                Arrays.copyOf(clusters, count),
                patience);
    }

    private static boolean is(Event.Request request, Arm arm) {
        return request.arm().isPresent() && request.arm().get() == arm;
    }

    public int size() {
        return clusters.length;
    }

    List<Event.Request> before() {
        return before;
    }

    List<Event.Request> after() {
        return after;
    }

    int cluster(int i) {
        return clusters[i];
    }

    public Measured measured(Measure measure) {
        double[] left = new double[size()];
        double[] right = new double[size()];
        int[] kept = new int[size()];
        Clusters.Dense dense = new Clusters.Dense();
        int count = 0;
        for (int i = 0; i < size(); i++) {
            double old = measure.millis(before.get(i), patience);
            double replacement = measure.millis(after.get(i), patience);
            if (!Double.isNaN(old) && !Double.isNaN(replacement)) {
                left[count] = old;
                right[count] = replacement;
                kept[count++] = dense.of(clusters[i]);
            }
        }
        return new Measured(Arrays.copyOf(left, count), Arrays.copyOf(right, count), Arrays.copyOf(kept, count));
    }
}
