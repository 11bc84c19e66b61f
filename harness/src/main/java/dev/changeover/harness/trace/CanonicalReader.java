package dev.changeover.harness.trace;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a canonical trace line by line.
public final class CanonicalReader implements TraceReader {

    private final CanonicalHeader header;
    private final Lines lines;
    private final Consumer<TraceException> torn;
    private final CanonicalLine line;
    private Optional<TraceRequest> next = Optional.empty();
    private Optional<TraceException> failure = Optional.empty();
    private long requests;
    private long lastNanos;

    private CanonicalReader(Lines lines, Consumer<TraceException> torn) {
        this.header = CanonicalHeader.read(lines);
        this.lines = lines;
        this.torn = torn;
        this.line = new CanonicalLine(lines);
    }

    /// @throws TraceException when it does not begin as one
    public static TraceReader open(TraceFile file) {
        return open(file, problem -> {
            throw problem;
        });
    }

    /// Of a recording, the requests are handed out as they lie, and there may be none.
    ///
    /// @param torn told of the last line of a recording where that breaks off; the line is then left out
    /// @throws TraceException when it does not begin as a trace
    public static TraceReader open(TraceFile file, Consumer<TraceException> torn) {
        Lines lines = new Lines(file);
        try {
            return new CanonicalReader(lines, torn);
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
        try {
            while (next.isEmpty() && lines.next()) {
                if (!lines.isBlank()) {
                    next = Optional.of(inOrder(line.read()));
                }
            }
        } catch (TraceException e) {
            if (header.inOrder() || lines.terminated()) {
                throw e;
            }
            torn.accept(lines.problem(
                    "the last line breaks off, as when its recorder was killed",
                    "import the recording: that leaves the line out, and says so"));
        }
        if (next.isEmpty() && requests == 0 && header.inOrder()) {
            throw new TraceException(
                    lines.file().path(), 0, "holds no requests", "write one request on each line after the first");
        }
    }

    private TraceRequest inOrder(TraceRequest request) {
        if (header.inOrder() && request.atNanos() < lastNanos) {
            throw lines.problem(
                    "'at_ms' %s is before the request above it".formatted(CanonicalLine.millis(request.atNanos())),
                    "sort the requests by 'at_ms'");
        }
        lastNanos = request.atNanos();
        requests++;
        return request;
    }
}
