package dev.changeover.benchmarks.micro;

import dev.changeover.harness.wire.AnswerReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to judge one event of a stream that comes event by event: found, read as JSON, its text kept. With
/// [SseParserBenchmark] beside it, what is left is the JSON.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AnswerReaderBenchmark {

    private static final int EVENTS = 100;
    private static final byte[] EVENT = """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4.1",\
        "choices":[{"index":0,"delta":{"content":" fox"},"finish_reason":null}]}

        """.getBytes(StandardCharsets.UTF_8);

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int event() {
        AnswerReader answer = new AnswerReader(200, "text/event-stream");
        int content = 0;
        for (int i = 0; i < EVENTS; i++) {
            content += answer.feed(EVENT, 0, EVENT.length);
        }
        return content;
    }
}
