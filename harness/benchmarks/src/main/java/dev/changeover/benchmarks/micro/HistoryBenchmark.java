package dev.changeover.benchmarks.micro;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.history.HistoryWriter;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What one request costs in a history's file: to be written, by way of the writer's thread, and to be read back.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HistoryBenchmark {

    private static final int REQUESTS = 100_000;
    private static final int SECONDS = 1_000_000_000;

    private Path folder;
    private Path written;

    @Setup
    public void begin() throws IOException, HistoryException {
        folder = Files.createTempDirectory("history-benchmark");
        written = folder.resolve("written.jsonl");
        fill(written);
    }

    @TearDown
    public void end() throws IOException {
        Files.delete(written);
        Files.delete(folder);
    }

    @TearDown(Level.Invocation)
    public void clear() throws IOException {
        Files.deleteIfExists(folder.resolve("fresh.jsonl"));
    }

    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public void write() throws HistoryException {
        fill(folder.resolve("fresh.jsonl"));
    }

    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public History read() throws HistoryException {
        return HistoryReader.read(written);
    }

    private static void fill(Path file) throws HistoryException {
        try (HistoryWriter writer = HistoryWriter.open(file, () -> {})) {
            writer.accept(
                    new Event.RunStarted("1", "", "", "", "", 2, "", "", REQUESTS, SECONDS, new TreeMap<>(), true));
            for (int number = 0; number < REQUESTS; number++) {
                writer.accept(request(number));
            }
        }
    }

    private static Event request(long number) {
        long due = number * 1_000_000;
        Event.Timing timing = new Event.Timing(
                due,
                due + 40_000,
                OptionalLong.of(due + 2_000_000),
                OptionalLong.of(due + 102_000_000),
                OptionalLong.of(due + SECONDS),
                due + SECONDS + 100_000);
        return new Event.Request(
                new CallId(Purpose.REQUEST, number),
                Optional.empty(),
                "c" + number,
                "gpt-4.1",
                true,
                timing,
                Optional.of(new Event.Gaps(99, 9_000_000, 9_000_000, 11_000_000, 14_000_000)),
                OptionalInt.of(200),
                Outcome.SERVED,
                new Usage(OptionalLong.of(1_000), OptionalLong.of(100), OptionalLong.empty()),
                OptionalLong.of(100),
                OptionalLong.of(number * 7_919));
    }
}
