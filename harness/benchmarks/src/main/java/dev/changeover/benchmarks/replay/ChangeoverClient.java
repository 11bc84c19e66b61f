package dev.changeover.benchmarks.replay;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.history.HistoryWriter;
import dev.changeover.harness.replay.Replayer;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Load.Closed;
import dev.changeover.harness.units.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Changeover's replay client in a process of its own: the `Replayer` as a rehearsal drives it, its history on disk.
final class ChangeoverClient {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Load load;
    private final Seen seen;
    private final Ticker ticker;

    private ChangeoverClient(Load load) {
        // callers of a closed loop begin at t0: their warm-up is behind it
        long t0 = System.nanoTime() + (1 + (load.rate() > 0 ? load.warmUpSeconds() : 0)) * SECOND;
        this.load = load;
        this.seen = new Seen(t0);
        this.ticker = Ticker.since(t0);
    }

    public static void main(String[] args) throws IOException, HistoryException {
        new ChangeoverClient(Load.parse(args)).run();
    }

    private void run() throws IOException, HistoryException {
        if (load.history()) {
            Path file = Files.createTempDirectory("changeover-benchmark").resolve("history.jsonl");
            try (HistoryWriter history = HistoryWriter.open(file, () -> {})) {
                play(history);
            } finally {
                Files.delete(file);
                Files.delete(file.getParent());
            }
        } else {
            play(_ -> {});
        }
        seen.write(load.seen());
    }

    private void play(EventSink history) {
        Target target = new Target(Optional.empty(), Load.HOST, load.port(), model -> model);
        EventSink sink = event -> {
            history.accept(event);
            if (load.rate() > 0 && event instanceof Event.Request request) {
                seen.note(request.id().text(), request.timing().firstTokenNanos());
            }
        };
        if (load.rate() > 0) {
            try (Replayer replayer = new Replayer(List.of(target), Deadlines.CALLER, ticker, sink)) {
                replayer.play(Requests.paced(load));
                replayer.drain();
            }
        } else {
            Closed closed = new Closed(Load.CONNECTIONS);
            long until = (load.warmUpSeconds() + load.totalSeconds()) * SECOND;
            try (Replayer replayer = new Replayer(List.of(target), Deadlines.CALLER, closed, ticker, sink)) {
                replayer.play(Collections.emptyIterator(), Requests.conversations(load), closed.callers(), until);
                replayer.drain();
            }
        }
    }
}
