package dev.changeover.benchmarks.micro;

import dev.changeover.harness.replay.Schedule;
import dev.changeover.harness.replay.ScheduledRequest;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.units.Share;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to make one row of a trace into a request with a body of so many tokens.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScheduleBenchmark {

    @Param({"50", "1000"})
    public int inputTokens;

    private Schedule schedule;

    @Setup
    public void begin() {
        Traffic traffic = new Traffic(
                Path.of("endless"),
                Duration.ZERO,
                Optional.empty(),
                1,
                new Share(1),
                Optional.of("gpt-4.1"),
                Deadlines.CALLER,
                Duration.ZERO);
        schedule = new Schedule(new Endless(inputTokens), traffic, new BodyGenerator(7), "gpt-4.1", 7);
    }

    @Benchmark
    public ScheduledRequest next() {
        return schedule.next();
    }

    /// The same counts, a millisecond after each other, for ever.
    private static final class Endless implements TraceReader {

        private final int inputTokens;
        private long row;

        private Endless(int inputTokens) {
            this.inputTokens = inputTokens;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public TraceRequest next() {
            return TraceRequest.ofCounts(row++ * 1_000_000, inputTokens, 100);
        }

        @Override
        public void close() {}
    }
}
