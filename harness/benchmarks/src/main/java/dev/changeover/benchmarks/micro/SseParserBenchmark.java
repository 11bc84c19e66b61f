package dev.changeover.benchmarks.micro;

import dev.changeover.harness.wire.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What it costs to find one event in a stream, whole or torn by the network.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SseParserBenchmark {

    private static final int EVENTS = 100;
    private static final String EVENT = """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4.1",\
        "choices":[{"index":0,"delta":{"content":" fox"},"finish_reason":null}]}

        """;

    private final byte[] stream = EVENT.repeat(EVENTS).getBytes(StandardCharsets.UTF_8);

    /// Bytes that come at once: an event and a half's, half an event's, many events'.
    @Param({"240", "80", "16384"})
    public int chunk;

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void event(Blackhole sink) {
        SseParser parser = new SseParser((buffer, offset, length) -> sink.consume(length));
        for (int at = 0; at < stream.length; at += chunk) {
            parser.feed(stream, at, Math.min(chunk, stream.length - at));
        }
        parser.end();
    }
}
