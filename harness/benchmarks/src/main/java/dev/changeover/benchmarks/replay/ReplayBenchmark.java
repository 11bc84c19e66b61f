package dev.changeover.benchmarks.replay;

import dev.changeover.benchmarks.common.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The replay client beside Gatling, the JDK's client and wrk, on the same provider, which is written in C.
/// docs/benchmarks.md says how to run it and what the figures mean.
///
/// Each client gets the load in a process of its own, then the next one, round after round, so that whatever else the
/// machine does strikes all of them alike.
public final class ReplayBenchmark {

    private static final int RATE = 100;
    private static final int SLOW_RATE = 500;
    private static final double MOST_BEHIND_MILLIS = 20;

    private final String mock;
    private final boolean quick;
    private final Path folder;
    private final List<Contender> contenders;
    private final Optional<Path> nginx;
    private final Table table;

    private ReplayBenchmark(String mock, boolean quick, Path folder) {
        this.mock = mock;
        this.quick = quick;
        this.folder = folder;
        this.contenders = Stream.of(
                        Optional.of(Contender.changeover()),
                        Optional.of(Contender.withoutHistory()),
                        there(Contender::gatling, "Gatling: build scenarios/soak"),
                        Optional.of(Contender.jdk()),
                        there(Contender::wrk, "wrk: apt-get install wrk"))
                .flatMap(Optional::stream)
                .toList();
        this.nginx = there(() -> Pinned.program("nginx"), "nginx: apt-get install nginx-light");
        this.table = new Table(contenders.stream().map(Contender::name).toList());
    }

    /// @param args the mock's program, and `--quick` for one round of everything
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(List.of(args));
        boolean quick = rest.remove("--quick");
        if (!Pinned.possible()) {
            System.err.println("WARNING: no taskset, or one core only: client and server share what there is");
        }
        long startNanos = System.nanoTime();
        System.out.println(Machine.line() + ", Java " + Runtime.version());
        Path folder = Files.createTempDirectory("changeover-replay");
        try {
            new ReplayBenchmark(rest.getFirst(), quick, folder).run();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        System.out.printf(Locale.ROOT, "took %.0f s; %s%n", (System.nanoTime() - startNanos) / 1e9, Machine.line());
    }

    private static <T> Optional<T> there(Supplier<Optional<T>> what, String name) {
        Optional<T> found = what.get();
        if (found.isEmpty()) {
            System.err.println("WARNING: left out, for it is not here: " + name);
        }
        return found;
    }

    private void run() throws IOException, InterruptedException {
        for (int round = 0; round < (quick ? 1 : 3); round++) {
            inTurn(round, contenders, this::streams);
        }
        List<Contender> distinct = contenders.stream()
                .filter(contender -> !contender.name().equals(Contender.WITHOUT_HISTORY))
                .toList();
        inTurn(0, distinct, contender -> plain(contender, "the mock", Mock.start(mock)));
        if (nginx.isPresent() && !quick) {
            inTurn(1, distinct, contender -> plain(contender, "nginx", Nginx.start(nginx.get(), folder)));
        }
        inTurn(0, quick ? distinct.subList(0, 1) : distinct, this::memory);
        System.out.println(table.markdown());
    }

    /// A measurement of one client.
    private interface Measurement {
        void take(Contender contender) throws IOException, InterruptedException;
    }

    /// Another one is the first in each round. One that fails is told and left out of its round.
    private static void inTurn(int round, List<Contender> contenders, Measurement measurement)
            throws IOException, InterruptedException {
        for (int i = 0; i < contenders.size(); i++) {
            Contender contender = contenders.get((i + round) % contenders.size());
            try {
                measurement.take(contender);
            } catch (IllegalStateException e) {
                System.err.println("WARNING: left out of a round: " + contender.name() + ": " + e.getMessage());
            }
        }
    }

    private void streams(Contender contender) throws IOException, InterruptedException {
        try (Mock server = Mock.start(mock)) {
            Load load = load(server, true, RATE, 6, 5);
            Files.deleteIfExists(load.seen());
            Run run = Run.of(contender, load, server, folder, true);
            String name = contender.name();
            table.add("streams: processor time, us an event", ".1f", name, run.processorMicrosPerEvent());
            table.add("with its start and warm-up", ".1f", name, run.processorMicrosPerEventFromStart());
            if (server.behindMillis() > MOST_BEHIND_MILLIS) {
                System.err.printf(
                        Locale.ROOT,
                        "WARNING: the machine is busy: under %s the provider was %.0f ms behind its schedule, and sent "
                                + "chunks together that cost less so%n",
                        name,
                        server.behindMillis());
            }
            Truth truth = Truth.of(load, server.arrivals(), Seen.read(load.seen()));
            double[] fromFirst = contender.warmsUpFirst() ? truth.latenessOnceWarm() : truth.latenessOfAll();
            table.add("send lateness from the first request on, ms: p99", ".2f", name, millis(fromFirst, 0.99));
            table.add("once warm: p50", ".2f", name, millis(truth.latenessOnceWarm(), 0.50));
            table.add("p99", ".2f", name, millis(truth.latenessOnceWarm(), 0.99));
            table.add("greatest", ".2f", name, millis(truth.latenessOnceWarm(), 1));
            table.add(
                    "first content seen after it was written, ms: p50", ".2f", name, millis(truth.contentError(), 0.5));
            table.add("its p99", ".2f", name, millis(truth.contentError(), 0.99));
        }
    }

    private void plain(Contender contender, String of, Server started) throws IOException, InterruptedException {
        try (Server server = started) {
            Run run = Run.of(contender, load(server, false, 0, 8, 3), server, folder, false);
            String on = "plain requests on %d connections of %s".formatted(Load.CONNECTIONS, of);
            table.add(on + ": a second", ",.0f", contender.name(), run.requestsPerSecond());
            table.add(on + ": processor time, us", ".1f", contender.name(), run.processorMicrosPerRequest());
        }
    }

    private void memory(Contender contender) throws IOException, InterruptedException {
        if (contender.name().equals(Contender.WRK)) {
            return;
        }
        try (Mock server = Mock.start(mock, "--first-us", "1000000", "--interval-us", "1000000", "--events", "10")) {
            Run run = Run.of(contender, load(server, true, SLOW_RATE, 2, 11), server, folder, false);
            table.add(
                    "5,000 streams at once: greatest resident memory, MB",
                    ".0f",
                    contender.name(),
                    run.peakMegabytes());
        }
    }

    private Load load(Server server, boolean stream, int rate, int warmUpSeconds, int seconds) {
        return new Load(server.port(), stream, rate, warmUpSeconds, seconds, true, folder.resolve("seen"));
    }

    private static double millis(double[] micros, double q) {
        return Truth.quantile(micros, q) / 1e3;
    }
}
