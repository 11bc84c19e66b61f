package dev.changeover.benchmarks.toxiproxy;

import dev.changeover.benchmarks.common.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The embedded Toxiproxy beside the real server: what a proxy without toxics costs, how true latency and bandwidth
/// are, what idle connections hold. docs/benchmarks.md says how to run it.
///
/// Each way gets a load for a moment, then the next way, round after round, so that whatever else the machine does
/// strikes all of them alike.
public final class ToxiproxyBenchmark {

    private ToxiproxyBenchmark() {}

    /// @param args `--quick` for one round; a text for the lines only whose measurement has it in its title
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(List.of(args));
        boolean quick = rest.remove("--quick");
        Optional<List<String>> real = Programs.real();
        if (real.isEmpty()) {
            System.err.println("WARNING: no real server to compare with: set TOXIPROXY_BIN to its program");
        }
        List<Contender> contenders = new ArrayList<>();
        try {
            contenders.add(Contender.start(Line.OURS, Programs.embedded()));
            if (real.isPresent()) {
                contenders.add(Contender.start(Line.REAL, real.get()));
            }
            run(contenders, quick, String.join(" ", rest));
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private static void run(List<Contender> contenders, boolean quick, String only)
            throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        System.out.println(Machine.line());
        System.out.printf("embedded: Java %s; ", Runtime.version());
        for (Contender contender : contenders) {
            System.out.printf("%s answers %s; ", contender.name(), contender.version());
        }
        System.out.println();
        try (Loads loads = new Loads(contenders, quick)) {
            List<Measurement> cold = only(only, loads.cold());
            List<Measurement> plain = only(only, loads.plain());
            List<Measurement> idle = only(only, loads.idle());
            List<Measurement> toxic = only(only, loads.toxic());
            loads.warmUpClients();
            play(cold);
            loads.warmUpServers();
            play(plain);
            play(idle);
            play(toxic);
            System.out.println(Line.head());
            Stream.of(cold, plain, idle, toxic)
                    .flatMap(List::stream)
                    .flatMap(m -> m.lines().stream())
                    .forEach(line -> System.out.println(line.row()));
        }
        System.out.printf(Locale.ROOT, "took %.0f s; %s%n", (System.nanoTime() - startNanos) / 1e9, Machine.line());
    }

    private static List<Measurement> only(String text, List<Measurement> measurements) {
        return measurements.stream().filter(m -> m.concerns(text)).toList();
    }

    private static void play(List<Measurement> measurements) throws InterruptedException {
        int rounds = measurements.stream().mapToInt(Measurement::rounds).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (Measurement measurement : measurements) {
                if (round < measurement.rounds()) {
                    measurement.take(round);
                }
            }
        }
    }
}
