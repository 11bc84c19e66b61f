package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import java.util.NoSuchElementException;

/// Rows that lie in order, read as they are asked for.
final class StreamedRows implements TraceReader {

    private final Rows rows;
    private final long startNanos;
    private boolean read;
    private long lastNanos;

    StreamedRows(Rows rows, long startNanos) {
        this.rows = rows;
        this.startNanos = startNanos;
        this.lastNanos = startNanos;
    }

    @Override
    public boolean hasNext() {
        if (!read) {
            read = rows.next();
        }
        return read;
    }

    @Override
    public TraceRequest next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        read = false;
        if (rows.nanos() < lastNanos) {
            throw rows.problem("is earlier than the row above: the file changed as it was read", "read it again");
        }
        lastNanos = rows.nanos();
        return rows.request(lastNanos - startNanos);
    }

    @Override
    public void close() {
        rows.close();
    }
}
