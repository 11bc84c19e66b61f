package dev.changeover.benchmarks.common;

import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;

/// A trace that never ends: a request a millisecond, each of so many tokens.
public final class EndlessTrace implements TraceReader {

    private static final long GAP_NANOS = 1_000_000;
    private static final int OUTPUT_TOKENS = 100;

    private final int inputTokens;
    private long row;

    public EndlessTrace(int inputTokens) {
        this.inputTokens = inputTokens;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public TraceRequest next() {
        return TraceRequest.ofCounts(row++ * GAP_NANOS, inputTokens, OUTPUT_TOKENS);
    }

    @Override
    public void close() {}
}
