package dev.changeover.reports.render;

import dev.changeover.harness.history.Event;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/// A distribution drawn by percentile, stretched so that each further nine has the same room:
/// x = log10(1 / (1 - percentile)), 0 to 4 for 0 to 99.99 %. It ends where the sample ends.
final class PercentileCurve {

    private static final double MOST_NINES = 4;
    private static final double STEP = 0.04;

    private PercentileCurve() {}

    /// By side, points of [x, milliseconds]: requests as their clients saw them, and ledger rows by the arm that got
    /// them.
    static SortedMap<String, List<List<BigDecimal>>> bySide(
            List<Event.Request> requests,
            Function<Event.Request, OptionalDouble> time,
            List<Event.UpstreamCall> calls,
            Function<Event.UpstreamCall, OptionalDouble> callTime) {
        SortedMap<String, DoubleStream.Builder> values = new TreeMap<>();
        requests.forEach(request -> time.apply(request).ifPresent(at(values, Population.side(request))));
        calls.forEach(
                call -> callTime.apply(call).ifPresent(at(values, call.arm().word())));
        SortedMap<String, List<List<BigDecimal>>> curves = new TreeMap<>();
        values.forEach((side, times) -> {
            double[] sorted = times.build().sorted().toArray();
            if (sorted.length > 0) {
                curves.put(side, points(sorted));
            }
        });
        return curves;
    }

    private static DoubleConsumer at(SortedMap<String, DoubleStream.Builder> values, String side) {
        return values.computeIfAbsent(side, _ -> DoubleStream.builder());
    }

    static Json json(Map<String, List<List<BigDecimal>>> curves) {
        Json json = new Json();
        curves.forEach(json::put);
        return json;
    }

    /// The same in words, for those who do not see the chart.
    static String inWords(String what, Map<String, List<List<BigDecimal>>> curves) {
        StringBuilder words = new StringBuilder(what + " by percentile.");
        curves.forEach((side, points) -> words.append(" %s: median %s, slowest drawn %s."
                .formatted(
                        side,
                        Figures.millis(near(points, Math.log10(2))),
                        Figures.millis(points.getLast().getLast().doubleValue()))));
        return words.toString();
    }

    private static double near(List<List<BigDecimal>> points, double nines) {
        return points.stream()
                .filter(point -> point.getFirst().doubleValue() >= nines)
                .findFirst()
                .orElse(points.getLast())
                .getLast()
                .doubleValue();
    }

    /// The value of that rank, NaN of nothing.
    static double at(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length - 1e-9);
        return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
    }

    private static List<List<BigDecimal>> points(double[] sorted) {
        double end = Math.min(MOST_NINES, Math.log10(sorted.length));
        int steps = Math.max(1, (int) Math.ceil(end / STEP));
        List<List<BigDecimal>> points = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            double nines = end * i / steps;
            double value = at(sorted, 1 - Math.pow(10, -nines));
            points.add(Arrays.asList(Json.rounded(nines, 3), Json.rounded(Math.max(value, 0.001), 3)));
        }
        return points;
    }
}
