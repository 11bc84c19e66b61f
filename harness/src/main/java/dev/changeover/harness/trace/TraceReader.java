package dev.changeover.harness.trace;

import java.util.Iterator;

/// The requests of a trace in the order of their arrival, read as they are asked for, never all at once.
///
/// `hasNext` and `next` throw [TraceException] at the first line that cannot be read; nothing is skipped.
public interface TraceReader extends Iterator<TraceRequest>, AutoCloseable {

    @Override
    void close();
}
