package dev.changeover.harness.check;

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.stats.Interval;
import dev.changeover.harness.stats.RatioOfSums;
import dev.changeover.harness.stats.Sample;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// One side of a run, `old`, `new` or `gateway`, with what was counted and measured of it. Samples are
/// made when they are first asked for.
public final class Side {

    private final String name;
    private final Rows rows;
    private final Deadlines patience;
    private final Counts counts;
    private final Map<Measure, Sample> samples = new EnumMap<>(Measure.class);

    Side(String name, Rows rows, Deadlines patience, Counts counts) {
        this.name = name;
        this.rows = rows;
        this.patience = patience;
        this.counts = counts;
    }

    public String name() {
        return name;
    }

    public Counts counts() {
        return counts;
    }

    Rows rows() {
        return rows;
    }

    public Sample sample(Measure measure) {
        return samples.computeIfAbsent(measure, this::measured);
    }

    private Sample measured(Measure measure) {
        double[] values = new double[rows.size()];
        double censoredFrom = Double.POSITIVE_INFINITY;
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            double millis = measure.millis(rows, i, patience);
            if (!Double.isNaN(millis)) {
                values[count++] = millis;
                if (measure.censored(rows, i)) {
                    censoredFrom = Math.min(censoredFrom, millis);
                }
            }
        }
        return Sample.of(Arrays.copyOf(values, count), censoredFrom);
    }

    /// The mean with its bounds; of requests whose measure is known; clustered by conversation.
    public Interval mean(Measure measure) {
        double[] values = new double[rows.size()];
        int[] clusters = new int[rows.size()];
        Clusters conversations = new Clusters();
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            double millis = measure.millis(rows, i, patience);
            if (!Double.isNaN(millis)) {
                values[count] = millis;
                clusters[count++] = conversations.of(rows.conversation(i));
            }
        }
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return RatioOfSums.of(Arrays.copyOf(values, count), ones, Arrays.copyOf(clusters, count));
    }

    public Quantiles quantiles(Measure measure) {
        return Quantiles.of(sample(measure));
    }
}
