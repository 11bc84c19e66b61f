package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.stats.Interval;
import dev.changeover.harness.stats.PairedBootstrap;
import dev.changeover.harness.stats.Proportions;
import dev.changeover.harness.stats.QuantileBounds;
import dev.changeover.harness.stats.RatioOfSums;
import dev.changeover.harness.stats.Sample;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.Usage;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The before/after table, and what margins are held against: each metric that both arms have, compared
/// once.
public final class Comparisons {

    private final Observations observations;
    private final Pairs pairs;
    private final Map<Metric, Comparison> done = new EnumMap<>(Metric.class);

    public Comparisons(Observations observations) {
        this.observations = observations;
        this.pairs = observations.pairs();
    }

    /// How many requests both arms were given.
    int pairs() {
        return pairs.size();
    }

    /// All that can be compared; empty without two arms that were asked anything.
    public List<Comparison> all() {
        if (side(Arm.OLD).isEmpty() || side(Arm.NEW).isEmpty()) {
            return List.of();
        }
        return Arrays.stream(Metric.values())
                .filter(Metric::comparable)
                .map(this::of)
                .filter(c -> c.before().isPresent() || c.after().isPresent())
                .toList();
    }

    /// @param metric one that is comparable
    public Comparison of(Metric metric) {
        return done.computeIfAbsent(metric, this::compare);
    }

    private Comparison compare(Metric metric) {
        Optional<Side> before = side(Arm.OLD);
        Optional<Side> after = side(Arm.NEW);
        Optional<TimeMetric> time = TimeMetric.of(metric);
        if (before.isEmpty() || after.isEmpty()) {
            return Comparison.nothing(metric, true, OptionalDouble.empty(), OptionalDouble.empty());
        }
        if (time.isPresent()) {
            return times(metric, time.get(), before.get(), after.get());
        }
        return switch (metric) {
            case ERROR_RATE -> shares(metric, Side.Population.ALL, before.get(), after.get());
            case ERROR_RATE_STEADY -> shares(metric, Side.Population.STEADY, before.get(), after.get());
            case COST_PER_REQUEST -> costs();
            case LATENCY_MEAN,
                    LATENCY_P50,
                    LATENCY_P95,
                    LATENCY_P99,
                    TTFT_P50,
                    TTFT_P95,
                    TTFT_P99,
                    ITL_P95,
                    TPOT_P50,
                    TPOT_P95,
                    ERROR_RATE_FAULT,
                    AVAILABILITY,
                    GOODPUT,
                    LOST,
                    DUPLICATED,
                    ORPHANED,
                    RETRY_AMPLIFICATION,
                    RECOVERY_TIME,
                    DETECTION_TIME,
                    COUNTED_RATIO,
                    FAILBACK_TIME,
                    ROLLBACK_TIME,
                    MISANSWERED,
                    HOPS,
                    FALSE_GREEN,
                    ALERT_DELAY,
                    IN_FLIGHT,
                    ROLLOUT_SHARE ->
                throw new IllegalArgumentException(metric.word() + " is not compared between arms");
        };
    }

    private Optional<Side> side(Arm arm) {
        return Optional.ofNullable(observations.sides().get(arm.word()));
    }

    private Comparison times(Metric metric, TimeMetric time, Side before, Side after) {
        Sample o = before.sample(time.measure());
        Sample n = after.sample(time.measure());
        OptionalDouble old = quantile(o, time.p());
        OptionalDouble replacement = quantile(n, time.p());
        if (o.isEmpty() || n.isEmpty() || !(old.getAsDouble() > 0) || !(replacement.getAsDouble() > 0)) {
            return Comparison.nothing(metric, true, old, replacement);
        }
        boolean censored = n.censored(replacement.getAsDouble());
        if (o.censored(old.getAsDouble())) {
            return new Comparison(
                    metric,
                    old,
                    replacement,
                    true,
                    Optional.empty(),
                    censored,
                    Math.min(o.size(), n.size()),
                    "the old provider's value lies beyond the caller's patience: there is nothing to compare with");
        }
        Pairs.Measured both = pairs.measured(time.measure());
        int count = both.before().length;
        if (count > 0 && count <= PairedBootstrap.MOST_PAIRS) {
            Interval paired = bounded(
                    PairedBootstrap.of(both.before(), both.after(), both.clusters())
                            .logRatio(time.p(), Hash.mix(observations.scenario().seed(), Hash.of(metric.word()))),
                    o,
                    n,
                    time.p());
            return new Comparison(
                    metric,
                    old,
                    replacement,
                    true,
                    Optional.of(relative(paired)),
                    censored,
                    count,
                    "bootstrap over request pairs, clustered by conversation (Davison and Hinkley 1997)");
        }
        return new Comparison(
                metric,
                old,
                replacement,
                true,
                Optional.of(relative(bounded(
                        QuantileBounds.logRatio(
                                o,
                                before.designEffect(time.measure(), time.p()),
                                n,
                                after.designEffect(time.measure(), time.p()),
                                time.p()),
                        o,
                        n,
                        time.p()))),
                censored,
                Math.min(o.size(), n.size()),
                "order-statistic bounds of both, combined on the log scale (MOVER, Zou and Donner 2008), by"
                        + " conversation (Kish 1965)");
    }

    private static OptionalDouble quantile(Sample sample, double p) {
        return sample.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sample.quantile(p));
    }

    /// Takes away the bounds that the samples are too small for, or that rest on values which were
    /// given up on.
    private static Interval bounded(Interval change, Sample before, Sample after, double p) {
        Interval o = QuantileBounds.of(before, p);
        Interval n = QuantileBounds.of(after, p);
        boolean boundsHigh = Double.isFinite(n.high()) && o.low() > 0;
        boolean boundsLow = Double.isFinite(o.high()) && n.low() > 0;
        return new Interval(
                boundsLow ? change.low() : Double.NEGATIVE_INFINITY,
                change.estimate(),
                boundsHigh ? change.high() : Double.POSITIVE_INFINITY);
    }

    private static Interval relative(Interval logRatio) {
        return new Interval(Math.expm1(logRatio.low()), Math.expm1(logRatio.estimate()), Math.expm1(logRatio.high()));
    }

    private Comparison shares(Metric metric, Side.Population population, Side old, Side replacement) {
        Counts.Tally before = old.counts().of(population);
        Counts.Tally after = replacement.counts().of(population);
        if (before.n() == 0 || after.n() == 0) {
            return Comparison.nothing(metric, false, before.rate(), after.rate());
        }
        return new Comparison(
                metric,
                before.rate(),
                after.rate(),
                false,
                Optional.of(Proportions.difference(
                        before.errors(),
                        before.n(),
                        old.errorEffect(population),
                        after.errors(),
                        after.n(),
                        replacement.errorEffect(population))),
                false,
                Math.min(before.n(), after.n()),
                "difference of two shares (Newcombe 1998, method 10), by conversation (Kish 1965)");
    }

    /// Of pairs that were served on both sides: an answer that failed is no cheaper service.
    private Comparison costs() {
        Optional<Price> o = price(Arm.OLD);
        Optional<Price> n = price(Arm.NEW);
        boolean comparable = o.isPresent()
                && n.isPresent()
                && o.get().currency().equals(n.get().currency());
        double[] old = new double[pairs.size()];
        double[] replacement = new double[pairs.size()];
        int[] clusters = new int[pairs.size()];
        Clusters.Dense dense = new Clusters.Dense();
        int count = 0;
        for (int i = 0; comparable && i < pairs.size(); i++) {
            Event.Request before = pairs.before().get(i);
            Event.Request after = pairs.after().get(i);
            if (metered(before) && metered(after)) {
                old[count] = cost(o.get(), before.usage());
                replacement[count] = cost(n.get(), after.usage());
                clusters[count++] = dense.of(pairs.cluster(i));
            }
        }
        double beforeSum = Arrays.stream(old, 0, count).sum();
        double afterSum = Arrays.stream(replacement, 0, count).sum();
        if (beforeSum == 0) {
            return Comparison.nothing(Metric.COST_PER_REQUEST, true, OptionalDouble.empty(), OptionalDouble.empty());
        }
        Interval ratio = RatioOfSums.of(
                Arrays.copyOf(replacement, count), Arrays.copyOf(old, count), Arrays.copyOf(clusters, count));
        return new Comparison(
                Metric.COST_PER_REQUEST,
                OptionalDouble.of(beforeSum / count),
                OptionalDouble.of(afterSum / count),
                true,
                Optional.of(new Interval(ratio.low() - 1, ratio.estimate() - 1, ratio.high() - 1)),
                false,
                count,
                "ratio of summed costs of pairs served by both, by conversation (Cochran 1977)");
    }

    private Optional<Price> price(Arm arm) {
        return Optional.ofNullable(observations.scenario().providers().get(arm)).flatMap(Provider::price);
    }

    private static boolean metered(Event.Request request) {
        Usage usage = request.usage();
        return request.outcome().isServed()
                && usage.input().isPresent()
                && usage.output().isPresent();
    }

    private static double cost(Price price, Usage usage) {
        return (price.input().doubleValue() * usage.input().orElse(0)
                        + price.output().doubleValue() * usage.output().orElse(0))
                / price.per();
    }
}
