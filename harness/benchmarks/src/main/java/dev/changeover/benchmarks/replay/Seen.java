package dev.changeover.benchmarks.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What a client saw of its streams: when each one's first content came, by `System.nanoTime()`, which on Linux is the
/// clock of the mock too.
final class Seen {

    /// What the file says of the begin of the schedule.
    static final String T0 = "t0";

    private record FirstContent(String id, long nanos) {}

    private final long t0;
    private final ConcurrentLinkedQueue<FirstContent> all = new ConcurrentLinkedQueue<>();

    Seen(long t0) {
        this.t0 = t0;
    }

    /// @param sinceT0Nanos empty: none came
    void note(String id, OptionalLong sinceT0Nanos) {
        sinceT0Nanos.ifPresent(nanos -> all.add(new FirstContent(id, t0 + nanos)));
    }

    void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(T0 + " " + t0 + "\n");
            for (FirstContent first : all) {
                out.write(first.id() + " " + first.nanos() + "\n");
            }
        }
    }

    /// By id, and `T0`, where the client knows when its schedule began.
    static Map<String, Long> read(Path file) throws IOException {
        Map<String, Long> nanos = new HashMap<>();
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        for (String line : lines) {
            String[] words = line.split(" ");
            nanos.put(words[0], Long.parseLong(words[1]));
        }
        return nanos;
    }
}
