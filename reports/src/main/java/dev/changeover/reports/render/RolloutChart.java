package dev.changeover.reports.render;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.WeightStep;
import dev.changeover.harness.history.History;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// The course of a rollout: the weight in force beside the share that the new provider really got, the decisions, and
/// what the test had seen. Milliseconds since t0.
///
/// @param observed share of the requests due in a part of the run whose first call went to the new provider; NaN where
/// no call was seen
record RolloutChart(
        List<Event.Weight> weights,
        Buckets buckets,
        double[] observed,
        List<Event.Evidence> evidence,
        List<Event.PhaseEnd> decisions,
        OptionalDouble rollbackMillis) {

    private static final int FEWEST = 12;
    private static final int MOST = 60;
    private static final int REQUESTS_IN_ONE = 80;
    private static final int MOST_POINTS = 600;
    private static final double HIGHEST = 1e6;

    static RolloutChart of(History history) {
        Buckets buckets = Buckets.of(history, FEWEST, MOST, REQUESTS_IN_ONE);
        return new RolloutChart(
                history.change().weights().stream()
                        .filter(weight -> weight.step() == WeightStep.IN_FORCE)
                        .toList(),
                buckets,
                observed(history, buckets),
                thinned(history.change().evidence()),
                history.change().phaseEnds(),
                history.change().rollback().stream()
                        .filter(step -> step.step() == Event.RollbackStep.TRIGGERED)
                        .mapToDouble(step -> step.atNanos() / 1e6)
                        .findFirst());
    }

    boolean isEmpty() {
        return weights.isEmpty() && decisions.isEmpty();
    }

    private static double[] observed(History history, Buckets buckets) {
        BitSet toOld = new BitSet();
        BitSet toNew = new BitSet();
        for (Event.UpstreamCall call : history.ledger()) {
            if (call.id().isPresent() && call.id().get().purpose() == Purpose.REQUEST) {
                int number = (int) call.id().get().number();
                if (!toOld.get(number) && !toNew.get(number)) {
                    (call.arm() == Arm.NEW ? toNew : toOld).set(number);
                }
            }
        }
        long[] all = new long[buckets.count()];
        long[] next = new long[buckets.count()];
        for (Event.Request request : history.requests()) {
            int number = (int) request.id().number();
            if (toOld.get(number) || toNew.get(number)) {
                all[buckets.at(request)]++;
                next[buckets.at(request)] += toNew.get(number) ? 1 : 0;
            }
        }
        double[] shares = new double[buckets.count()];
        Arrays.setAll(shares, i -> all[i] == 0 ? Double.NaN : (double) next[i] / all[i]);
        return shares;
    }

    private static List<Event.Evidence> thinned(List<Event.Evidence> evidence) {
        int step = 1 + evidence.size() / MOST_POINTS;
        List<Event.Evidence> kept = new ArrayList<>();
        for (int i = 0; i < evidence.size(); i++) {
            if (i % step == 0 || i == evidence.size() - 1) {
                kept.add(evidence.get(i));
            }
        }
        return kept;
    }

    Json json() {
        return new Json()
                .put("span_ms", buckets.spanMillis(), 3)
                .put("bucket_ms", buckets.widthMillis(), 3)
                .put(
                        "weights",
                        weights.stream()
                                .map(w -> List.of(millis(w.atNanos()), w.toNew()))
                                .toList())
                .put(
                        "observed",
                        Arrays.stream(observed)
                                .mapToObj(share -> Json.rounded(share, 4))
                                .toList())
                .put("evidence", values())
                .put(
                        "decisions",
                        decisions.stream()
                                .map(d -> new Json()
                                        .put("at", d.atNanos() / 1e6, 3)
                                        .put("decision", d.decision().name())
                                        .fields())
                                .toList())
                .put("rollback", rollbackMillis, 3);
    }

    /// What was told every second, and what each decision went by.
    private List<List<Object>> values() {
        SortedMap<Long, Double> values = new TreeMap<>();
        evidence.forEach(e -> values.put(e.atNanos(), e.eValue()));
        if (!evidence.isEmpty()) {
            decisions.forEach(d -> values.put(d.atNanos(), d.eValue()));
        }
        return values.entrySet().stream()
                .map(e -> List.of(millis(e.getKey()), Json.rounded(Math.min(e.getValue(), HIGHEST), 4)))
                .toList();
    }

    private static Object millis(long nanos) {
        return Json.rounded(nanos / 1e6, 3);
    }

    /// The same in words, for those who do not see the chart.
    String inWords() {
        StringBuilder words = new StringBuilder("The share of the new provider over time.");
        for (Event.Weight weight : weights) {
            words.append(" %s in force at %s."
                    .formatted(Figures.share(weight.toNew()), Figures.millis(weight.atNanos() / 1e6)));
        }
        evidence.stream()
                .mapToDouble(Event.Evidence::eValue)
                .max()
                .ifPresent(
                        most -> words.append(" E-value at most %s; 20 rolls back.".formatted(Figures.evidence(most))));
        rollbackMillis.ifPresent(at -> words.append(" Rolled back at %s.".formatted(Figures.millis(at))));
        return words.toString();
    }
}
