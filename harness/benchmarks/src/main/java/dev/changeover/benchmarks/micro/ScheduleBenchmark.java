package dev.changeover.benchmarks.micro;

import dev.changeover.benchmarks.common.EndlessTrace;
import dev.changeover.benchmarks.common.Schedules;
import dev.changeover.harness.replay.Schedule;
import dev.changeover.harness.replay.ScheduledRequest;
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
        schedule = Schedules.of(new EndlessTrace(inputTokens), true);
    }

    @Benchmark
    public ScheduledRequest next() {
        return schedule.next();
    }
}
