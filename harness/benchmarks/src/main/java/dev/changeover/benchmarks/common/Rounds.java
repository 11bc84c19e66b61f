package dev.changeover.benchmarks.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The figures of one line, by way, a figure a round.
public final class Rounds {

    private final Map<String, List<Double>> byWay = new LinkedHashMap<>();

    public void add(String way, double figure) {
        byWay.computeIfAbsent(way, _ -> new ArrayList<>()).add(figure);
    }

    public Summary of(String way) {
        return Summary.of(byWay.getOrDefault(way, List.of()));
    }

    /// What a way adds to another, in the same round.
    public Summary added(String way, String to) {
        List<Double> added = new ArrayList<>();
        List<Double> figures = byWay.getOrDefault(way, List.of());
        for (int i = 0; i < figures.size(); i++) {
            added.add(figures.get(i) - byWay.get(to).get(i));
        }
        return Summary.of(added);
    }

    /// Median, least and greatest; NaN where there is none.
    public record Summary(double median, double min, double max) {

        static Summary of(List<Double> figures) {
            if (figures.isEmpty()) {
                return new Summary(Double.NaN, Double.NaN, Double.NaN);
            }
            List<Double> sorted = figures.stream().sorted().toList();
            int n = sorted.size();
            double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
            return new Summary(median, sorted.getFirst(), sorted.getLast());
        }

        public boolean there() {
            return !Double.isNaN(median);
        }
    }
}
