package dev.changeover.harness.trace;

import java.util.NoSuchElementException;

/// Streams a sorted Azure trace.
final class AzureReader implements TraceReader {

    private final Lines lines;
    private final AzureRow row;
    private final long startNanos;
    private boolean read;
    private long lastNanos;

    AzureReader(Lines lines, long startNanos) {
        this.lines = lines;
        this.row = new AzureRow(lines);
        this.startNanos = startNanos;
        this.lastNanos = startNanos;
    }

    @Override
    public boolean hasNext() {
        if (!read) {
            read = row.next();
        }
        return read;
    }

    @Override
    public TraceRequest next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        read = false;
        if (row.nanos() < lastNanos) {
            throw lines.problem("is earlier than the row above: the file changed as it was read", "read it again");
        }
        lastNanos = row.nanos();
        return row.request(startNanos);
    }

    @Override
    public void close() {
        lines.close();
    }
}
