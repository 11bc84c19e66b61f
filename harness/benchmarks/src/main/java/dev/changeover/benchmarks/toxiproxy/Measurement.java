package dev.changeover.benchmarks.toxiproxy;

import dev.changeover.benchmarks.common.ProcStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A load, the ways that it is put on, and the lines that it fills; where there is one line more than the load has
/// figures, that is for the server's processor time by the load's work.
record Measurement(Load load, List<Way> ways, int rounds, List<Line> lines) {

    /// @param round whose number turns the order of the ways, so that none is always the first
    void take(int round) throws InterruptedException {
        for (int i = 0; i < ways.size(); i++) {
            take(ways.get((i + round) % ways.size()));
        }
    }

    private void take(Way way) throws InterruptedException {
        Optional<Duration> before = way.server().map(ProcStatus::processorTime);
        Load.Measured measured = load.on(way);
        int figures = measured.figures().length;
        for (int f = 0; f < figures; f++) {
            lines.get(f).rounds().add(way.name(), measured.figures()[f]);
        }
        if (before.isPresent() && lines.size() > figures && measured.work() > 0) {
            Duration used = way.server().orElseThrow().processorTime().minus(before.get());
            lines.getLast().rounds().add(way.name(), used.toNanos() / 1e3 / measured.work());
        }
    }

    boolean concerns(String text) {
        return lines.stream().anyMatch(line -> line.title().contains(text));
    }
}
