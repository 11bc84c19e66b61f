package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.CanonicalReader;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;

/// The requests of a trace among those of other recordings, or of one that does not lie in order.
final class CanonicalRows implements Rows {

    private final TraceFile file;
    private final long startNanos;
    private final TraceReader trace;
    private TraceRequest request;

    /// @param startNanos what the times of the trace count from
    CanonicalRows(TraceFile file, long startNanos, LeftOut leftOut) {
        this.file = file;
        this.startNanos = startNanos;
        this.trace = CanonicalReader.open(file, torn -> leftOut.row("a last line that breaks off", torn));
    }

    @Override
    public boolean next() {
        if (!trace.hasNext()) {
            return false;
        }
        request = trace.next();
        return true;
    }

    @Override
    public long nanos() {
        return startNanos + request.atNanos();
    }

    @Override
    public TraceRequest request(long atNanos) {
        return request.at(atNanos);
    }

    @Override
    public TraceException problem(String what, String remedy) {
        return new TraceException(file.path(), 0, what, remedy);
    }

    @Override
    public void close() {
        trace.close();
    }
}
