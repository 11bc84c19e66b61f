package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceRequest;

/// The rows of a recording as they lie in it, one at a time, timed by its own clock.
public interface Rows extends AutoCloseable {

    /// Moves to the next row that can be replayed; false at the end.
    ///
    /// @throws TraceException at a row that is damaged
    boolean next();

    /// When the row's request arrived, from any moment that is the same for all rows.
    long nanos();

    /// The row's request.
    ///
    /// @param atNanos when it arrives, from the start of the trace
    TraceRequest request(long atNanos);

    /// An error at this row.
    TraceException problem(String what, String remedy);

    @Override
    void close();
}
