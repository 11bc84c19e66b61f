package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Objectives;
import dev.changeover.harness.stats.DesignEffect;
import dev.changeover.harness.stats.Interval;
import dev.changeover.harness.stats.RatioOfSums;
import dev.changeover.harness.stats.Sample;
import dev.changeover.harness.wire.Outcome;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// One side of a run, `old`, `new` or `gateway`, with what was counted and measured of it. Samples are
/// made when they are first asked for.
public final class Side {

    private final String name;
    private final List<? extends Event.Exchange> rows;
    private final Deadlines patience;
    private final Counts counts;
    private final FaultTimes faults;
    private int[] clusters = {};
    private int conversations;
    private final Map<Measure, Sample> samples = new EnumMap<>(Measure.class);

    Side(String name, List<? extends Event.Exchange> rows, Deadlines patience, Counts counts, FaultTimes faults) {
        this.name = name;
        this.rows = rows;
        this.patience = patience;
        this.counts = counts;
        this.faults = faults;
    }

    public String name() {
        return name;
    }

    public Counts counts() {
        return counts;
    }

    List<? extends Event.Exchange> rows() {
        return rows;
    }

    public Sample sample(Measure measure) {
        return samples.computeIfAbsent(measure, this::measured);
    }

    private Sample measured(Measure measure) {
        double[] values = new double[rows.size()];
        double censoredFrom = Double.POSITIVE_INFINITY;
        int count = 0;
        for (Event.Exchange row : rows) {
            double millis = measure.millis(row, patience);
            if (!Double.isNaN(millis)) {
                values[count++] = millis;
                if (measure.censored(row)) {
                    censoredFrom = Math.min(censoredFrom, millis);
                }
            }
        }
        return Sample.of(Arrays.copyOf(values, count), censoredFrom);
    }

    /// The mean with its bounds; of requests whose measure is known, clustered by conversation.
    public Interval mean(Measure measure) {
        double[] values = new double[rows.size()];
        int[] kept = new int[rows.size()];
        Clusters.Dense dense = new Clusters.Dense();
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            double millis = measure.millis(rows.get(i), patience);
            if (!Double.isNaN(millis)) {
                values[count] = millis;
                kept[count++] = dense.of(clusters()[i]);
            }
        }
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return RatioOfSums.of(Arrays.copyOf(values, count), ones, Arrays.copyOf(kept, count));
    }

    /// How many times fewer independent requests would say as much of a quantile.
    public double designEffect(Measure measure, double p) {
        if (sample(measure).isEmpty()) {
            return 1;
        }
        if (conversations() == rows.size()) {
            return 1;
        }
        double quantile = sample(measure).quantile(p);
        return designEffect(
                row -> !Double.isNaN(measure.millis(row, patience)), row -> measure.millis(row, patience) <= quantile);
    }

    /// How many times fewer independent requests would say as much of a share of those not cancelled.
    private double designEffect(Population population, Predicate<Event.Exchange> hit) {
        return designEffect(row -> in(population, row), hit);
    }

    private boolean in(Population population, Event.Exchange row) {
        return !(row.outcome() instanceof Outcome.Cancelled)
                && switch (population) {
                    case ALL -> true;
                    case STEADY -> !faults.touch(row.timing());
                    case FAULT -> faults.touch(row.timing());
                };
    }

    /// How many times fewer independent requests would say as much of an error rate.
    public double errorEffect(Population population) {
        return designEffect(population, row -> !row.outcome().isServed());
    }

    /// How many times fewer independent requests would say as much of the availability.
    public double availabilityEffect(Objectives objectives) {
        return designEffect(Population.ALL, row -> Counts.withinObjectives(row, objectives));
    }

    /// Requests by whether a fault was in force between when they were due and when they ended.
    public enum Population {
        ALL,
        STEADY,
        FAULT
    }

    private double designEffect(Predicate<Event.Exchange> in, Predicate<Event.Exchange> hit) {
        boolean[] hits = new boolean[rows.size()];
        int[] kept = new int[rows.size()];
        int count = 0;
        int sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            Event.Exchange row = rows.get(i);
            if (in.test(row)) {
                hits[count] = hit.test(row);
                sum += hits[count] ? 1 : 0;
                kept[count++] = i;
            }
        }
        if (sum == 0 || sum == count) {
            return 1;
        }
        Clusters.Dense dense = new Clusters.Dense();
        for (int i = 0; i < count; i++) {
            kept[i] = dense.of(clusters()[kept[i]]);
        }
        return DesignEffect.of(Arrays.copyOf(hits, count), Arrays.copyOf(kept, count));
    }

    private int conversations() {
        clusters();
        return conversations;
    }

    private int[] clusters() {
        if (clusters.length != rows.size()) {
            clusters = new int[rows.size()];
            Clusters numbers = new Clusters();
            for (int i = 0; i < clusters.length; i++) {
                clusters[i] = rows.get(i) instanceof Event.Request request ? numbers.of(request.conversation()) : i;
                conversations = Math.max(conversations, clusters[i] + 1);
            }
        }
        return clusters;
    }

    public Quantiles quantiles(Measure measure) {
        return Quantiles.of(sample(measure));
    }
}
