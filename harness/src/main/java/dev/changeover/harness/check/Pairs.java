package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.units.Arm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The requests that went to both arms, side by side.
public final class Pairs {

    /// A measure of those pairs that have it on both sides, in milliseconds.
    ///
    /// @param clusters conversations, numbered from 0
    public record Measured(double[] before, double[] after, int[] clusters) {}

    private final Rows before;
    private final Rows after;
    private final int[] clusters;
    private final Deadlines patience;

    private Pairs(Rows before, Rows after, int[] clusters, Deadlines patience) {
        this.before = before;
        this.after = after;
        this.clusters = clusters;
        this.patience = patience;
    }

    /// @param requests by number and then arm
    static Pairs of(List<Event.Request> requests, Deadlines patience) {
        List<Event.Request> before = new ArrayList<>();
        List<Event.Request> after = new ArrayList<>();
        Clusters numbers = new Clusters();
        int[] clusters = new int[requests.size() / 2];
        for (int i = 0; i + 1 < requests.size(); i++) {
            Event.Request first = requests.get(i);
            Event.Request second = requests.get(i + 1);
            if (first.id().number() == second.id().number() && is(first, Arm.OLD) && is(second, Arm.NEW)) {
                clusters[before.size()] = numbers.of(first.conversation());
                before.add(first);
                after.add(second);
            }
        }
        return new Pairs(
                new Rows.OfClients(before),
                new Rows.OfClients(after),
                Arrays.copyOf(clusters, before.size()),
                patience);
    }

    private static boolean is(Event.Request request, Arm arm) {
        return request.arm().isPresent() && request.arm().get() == arm;
    }

    public int size() {
        return clusters.length;
    }

    Rows before() {
        return before;
    }

    Rows after() {
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
            double old = measure.millis(before, i, patience);
            double replacement = measure.millis(after, i, patience);
            if (!Double.isNaN(old) && !Double.isNaN(replacement)) {
                left[count] = old;
                right[count] = replacement;
                kept[count++] = dense.of(clusters[i]);
            }
        }
        return new Measured(Arrays.copyOf(left, count), Arrays.copyOf(right, count), Arrays.copyOf(kept, count));
    }
}
