package dev.changeover.reports.render;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.Selection;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Outcome;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// What happened when, in a few hundred numbers: latency, errors and who served, by bucket of when requests were due.
record Timeline(Buckets buckets, SortedMap<String, Side> sides, SortedMap<String, long[]> servedBy) {

    private static final String NOBODY = "nobody";

    /// @param p50 of latency in milliseconds; NaN where nothing ended
    /// @param errors share of the requests that were not cancelled; NaN where there were none
    record Side(double[] p50, double[] p95, double[] errors) {}

    static Timeline of(History history, Population population) {
        Buckets buckets = Buckets.of(history);
        SortedMap<String, Side> sides = new TreeMap<>();
        history.requests().stream().map(Population::side).distinct().forEach(name -> {
            List<Event.Request> own = Selection.where(
                    history.requests(), request -> Population.side(request).equals(name));
            sides.put(name, side(own, buckets, population));
        });
        return new Timeline(buckets, sides, servedBy(history, buckets));
    }

    Json json() {
        Json bySide = new Json();
        sides.forEach((name, side) -> bySide.put(
                name,
                new Json()
                        .put("p50", numbers(side.p50, 1))
                        .put("p95", numbers(side.p95, 1))
                        .put("errors", numbers(side.errors, 4))));
        Json served = new Json();
        servedBy.forEach(served::put);
        return new Json()
                .put("bucket_ms", buckets.widthMillis(), 3)
                .put("count", buckets.count())
                .put("sides", bySide)
                .put("served_by", served);
    }

    /// The same in words, for those who do not see the chart.
    String inWords() {
        StringBuilder words = new StringBuilder("Latency, errors and who answered, in %d parts of %s each."
                .formatted(buckets.count(), Figures.millis(buckets.widthMillis())));
        sides.forEach((name, side) -> {
            double[] known =
                    Arrays.stream(side.p95).filter(Double::isFinite).sorted().toArray();
            if (known.length > 0) {
                words.append(" 95th percentile of latency, %s: from %s to %s, median %s."
                        .formatted(
                                name,
                                Figures.millis(known[0]),
                                Figures.millis(known[known.length - 1]),
                                Figures.millis(known[known.length / 2])));
            }
        });
        servedBy.forEach((who, counts) -> words.append(" Answered by %s: %s."
                .formatted(who, Figures.count(Arrays.stream(counts).sum()))));
        return words.toString();
    }

    private static Side side(List<Event.Request> requests, Buckets buckets, Population population) {
        double[][] latencies = grouped(requests, buckets, population);
        double[] p50 = new double[buckets.count()];
        double[] p95 = new double[buckets.count()];
        for (int i = 0; i < buckets.count(); i++) {
            Arrays.sort(latencies[i]);
            p50[i] = PercentileCurve.at(latencies[i], 0.5);
            p95[i] = PercentileCurve.at(latencies[i], 0.95);
        }
        long[] counted = counts(requests, buckets, r -> r.outcome() instanceof Outcome.Cancelled ? 0 : 1);
        long[] failed = counts(requests, buckets, r -> r.outcome() instanceof Outcome.Failed ? 1 : 0);
        double[] errors = new double[buckets.count()];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = counted[i] == 0 ? Double.NaN : (double) failed[i] / counted[i];
        }
        return new Side(p50, p95, errors);
    }

    private static double[][] grouped(List<Event.Request> requests, Buckets buckets, Population population) {
        long[] sizes = counts(requests, buckets, r -> population.latency(r).isPresent() ? 1 : 0);
        double[][] grouped = new double[buckets.count()][];
        Arrays.setAll(grouped, i -> new double[(int) sizes[i]]);
        int[] filled = new int[buckets.count()];
        for (Event.Request request : requests) {
            int bucket = buckets.at(request);
            population.latency(request).ifPresent(millis -> grouped[bucket][filled[bucket]++] = millis);
        }
        return grouped;
    }

    private static long[] counts(List<Event.Request> requests, Buckets buckets, ToIntFunction<Event.Request> of) {
        long[] counts = new long[buckets.count()];
        requests.forEach(request -> counts[buckets.at(request)] += of.applyAsInt(request));
        return counts;
    }

    private static SortedMap<String, long[]> servedBy(History history, Buckets buckets) {
        RequestJoin join = new RequestJoin(history);
        SortedMap<String, long[]> servedBy = new TreeMap<>(Map.of(NOBODY, new long[buckets.count()]));
        for (int i = 0; i < history.requests().size(); i++) {
            Event.Request request = history.requests().get(i);
            Optional<Arm> arm = join.servedBy(i);
            String who = arm.map(Arm::word).orElse(request.outcome().isServed() ? "not known" : NOBODY);
            servedBy.computeIfAbsent(who, _ -> new long[buckets.count()])[buckets.at(request)]++;
        }
        return servedBy;
    }

    private static List<BigDecimal> numbers(double[] values, int decimals) {
        return Arrays.stream(values)
                .mapToObj(value -> Json.rounded(value, decimals))
                .toList();
    }
}
