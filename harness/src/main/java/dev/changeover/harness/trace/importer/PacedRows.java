package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceRequest;

/// Rows that arrive at a given rate, evenly and in their order, whenever they were recorded.
final class PacedRows implements Rows {

    private final Rows rows;
    private final double ratePerSecond;
    private long index = -1;

    PacedRows(Rows rows, double ratePerSecond) {
        this.rows = rows;
        this.ratePerSecond = ratePerSecond;
    }

    @Override
    public boolean next() {
        index++;
        return rows.next();
    }

    @Override
    public long nanos() {
        return Math.round(index * 1e9 / ratePerSecond);
    }

    @Override
    public TraceRequest request(long atNanos) {
        return rows.request(atNanos);
    }

    @Override
    public TraceException problem(String what, String remedy) {
        return rows.problem(what, remedy);
    }

    @Override
    public void close() {
        rows.close();
    }
}
