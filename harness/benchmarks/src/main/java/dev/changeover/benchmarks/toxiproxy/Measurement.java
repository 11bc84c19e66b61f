package dev.changeover.benchmarks.toxiproxy;

import java.util.List;

/// A load, the ways that it is put on, and the lines that it fills.
record Measurement(Load load, List<Way> ways, int rounds, List<Line> lines) {

    /// @param round whose number turns the order of the ways, so that none is always the first
    void take(int round) throws InterruptedException {
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get((i + round) % ways.size());
            double[] figures = load.on(way);
            for (int f = 0; f < figures.length; f++) {
                lines.get(f).rounds().add(way.name(), figures[f]);
            }
        }
    }
}
