package dev.changeover.harness.trace;

import java.util.NoSuchElementException;
import java.util.Optional;

/// Reads a canonical trace line by line.
public final class CanonicalReader implements TraceReader {

    private final Lines lines;
    private final CanonicalLine line;
    private Optional<TraceRequest> next = Optional.empty();
    private Optional<TraceException> failure = Optional.empty();
    private long requests;
    private long lastNanos;

    private CanonicalReader(Lines lines) {
        CanonicalHeader.require(lines);
        this.lines = lines;
        this.line = new CanonicalLine(lines);
    }

    /// @throws TraceException when it does not begin as one
    public static TraceReader open(TraceFile file) {
        Lines lines = new Lines(file);
        try {
            return new CanonicalReader(lines);
        } catch (RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            advance();
        } catch (TraceException e) {
            failure = Optional.of(e);
            throw e;
        }
        return next.isPresent();
    }

    @Override
    public TraceRequest next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        TraceRequest request = next.get();
        next = Optional.empty();
        return request;
    }

    @Override
    public void close() {
        lines.close();
    }

    private void advance() {
        while (next.isEmpty() && lines.next()) {
            if (!lines.isBlank()) {
                next = Optional.of(inOrder(line.read()));
            }
        }
        if (next.isEmpty() && requests == 0) {
            throw new TraceException(
                    lines.file().path(), 0, "holds no requests", "write one request on each line after the first");
        }
    }

    private TraceRequest inOrder(TraceRequest request) {
        if (request.atNanos() < lastNanos) {
            throw lines.problem(
                    "'at_ms' %s is before the request above it".formatted(CanonicalLine.millis(request.atNanos())),
                    "sort the requests by 'at_ms'");
        }
        lastNanos = request.atNanos();
        requests++;
        return request;
    }
}
