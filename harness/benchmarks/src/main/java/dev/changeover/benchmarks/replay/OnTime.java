package dev.changeover.benchmarks.replay;

import dev.changeover.benchmarks.common.Machine;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.history.HistoryWriter;
import dev.changeover.harness.replay.Replayer;
import dev.changeover.harness.replay.Schedule;
import dev.changeover.harness.replay.ScheduledRequest;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.replay.WarmUp;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.importer.Traces;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// A whole trace, faster than it was recorded, against a provider that answers at once: does it end when it should, and
/// was each request sent when it was due? Bodies are made as they are needed, as in a run.
public final class OnTime {

    private static final String MODEL = "gpt-4.1";
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final double WARM_UP_PER_SECOND = 50;
    private static final int FIRST = 100;
    private static final long SEED = 1;

    private final ConcurrentLinkedQueue<Event.Request> ended = new ConcurrentLinkedQueue<>();
    private long makingNanos;
    private long longestMakingNanos;
    private long bodyBytes;

    /// @param args the mock's program, the trace, and the speed as a plain number
    public static void main(String[] args) throws IOException, HistoryException {
        System.out.println(Machine.line() + ", Java " + Runtime.version());
        try (Mock mock = Mock.start(args[0])) {
            new OnTime().run(mock.port(), Path.of(args[1]), Double.parseDouble(args[2]));
        }
        System.out.println(Machine.line());
    }

    private void run(int port, Path file, double speed) throws IOException, HistoryException {
        Traffic traffic = new Traffic(
                file,
                Duration.ZERO,
                Optional.empty(),
                speed,
                Share.NONE,
                Optional.of(MODEL),
                Deadlines.CALLER,
                WARM_UP);
        Path folder = Files.createTempDirectory("changeover-on-time");
        Path history = folder.resolve("history.jsonl");
        try (TraceReader first = Traces.open(file);
                TraceReader trace = Traces.open(file);
                HistoryWriter writer = HistoryWriter.open(history, () -> {})) {
            BodyGenerator bodies = new BodyGenerator(SEED);
            WarmUp warmUp = new WarmUp(first, traffic, bodies, MODEL, WARM_UP_PER_SECOND, SEED);
            Iterator<ScheduledRequest> requests =
                    warmUp.before(timed(new Schedule(trace, traffic, bodies, MODEL, SEED)));
            play(port, requests, writer);
        } finally {
            Files.deleteIfExists(history);
            Files.delete(folder);
        }
        tell();
    }

    private void play(int port, Iterator<ScheduledRequest> requests, EventSink history) {
        Ticker ticker = Ticker.since(
                System.nanoTime() + WARM_UP.plus(Duration.ofMillis(500)).toNanos());
        Target target = new Target(Optional.empty(), Load.HOST, port, model -> model);
        try (Replayer replayer = new Replayer(List.of(target), Deadlines.CALLER, ticker, event -> {
            history.accept(event);
            note(event);
        })) {
            replayer.play(requests);
            replayer.drain();
        }
    }

    private void note(Event event) {
        if (event instanceof Event.Request request && request.id().purpose() == Purpose.REQUEST) {
            ended.add(request);
        }
    }

    private Iterator<ScheduledRequest> timed(Schedule schedule) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return schedule.hasNext();
            }

            @Override
            public ScheduledRequest next() {
                long start = System.nanoTime();
                ScheduledRequest request = schedule.next();
                long took = System.nanoTime() - start;
                makingNanos += took;
                longestMakingNanos = Math.max(longestMakingNanos, took);
                bodyBytes += request.body().length;
                return request;
            }
        };
    }

    private void tell() {
        List<Event.Request> requests = ended.stream()
                .sorted(Comparator.comparingLong(request -> request.id().number()))
                .toList();
        Event.Request last = requests.getLast();
        say(
                "requests: %,d, served %,d",
                requests.size(),
                requests.stream().filter(r -> r.outcome().isServed()).count());
        say(
                "the last was due at %.3f s and sent at %.3f s: %.3f ms late",
                last.timing().dueNanos() / 1e9, last.timing().sentNanos() / 1e9, lateness(last));
        quantiles("send lateness of all", requests);
        quantiles("of the first %d".formatted(FIRST), requests.subList(0, Math.min(FIRST, requests.size())));
        say(
                "bodies: %,.0f MB in all, made at %.2f ms each, %.1f ms the longest: %.1f %% of one core",
                bodyBytes / 1e6,
                makingNanos / 1e6 / requests.size(),
                longestMakingNanos / 1e6,
                100.0 * makingNanos / Math.max(1, last.timing().dueNanos()));
        say(
                "heap in use at the end: %,d MB",
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }

    private static void quantiles(String of, List<Event.Request> requests) {
        double[] late = requests.stream().mapToDouble(OnTime::lateness).sorted().toArray();
        say(
                "%s, ms: p50 %.3f, p99 %.3f, greatest %.3f; more than 1 ms late: %d",
                of,
                Truth.quantile(late, 0.50),
                Truth.quantile(late, 0.99),
                late[late.length - 1],
                Arrays.stream(late).filter(millis -> millis > 1).count());
    }

    private static double lateness(Event.Request request) {
        return request.timing().latenessNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static void say(String sentence, Object... figures) {
        System.out.println(String.format(Locale.ROOT, sentence, figures));
    }
}
