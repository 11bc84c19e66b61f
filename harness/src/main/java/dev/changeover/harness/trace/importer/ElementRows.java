package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceRequest;
import java.util.Optional;
import java.util.OptionalLong;

/// Rows that are elements of a file.
final class ElementRows implements Rows {

    private final Elements elements;
    private final Format format;
    private final Reading reading;
    private long nanos;
    private TraceRequest request;

    /// What a format makes of the element at which `elements` stands; empty for one that only tells of others.
    interface Format {
        Optional<TimedRequest> row(Elements elements) throws UnusableRow;
    }

    /// @param arrivedNanos since 1970; empty where the recording does not say
    record TimedRequest(OptionalLong arrivedNanos, TraceRequest request) {}

    ElementRows(Elements elements, Format format, Reading reading) {
        this.elements = elements;
        this.format = format;
        this.reading = reading;
    }

    @Override
    public boolean next() {
        while (elements.next()) {
            if (isRow()) {
                return true;
            }
        }
        return false;
    }

    private boolean isRow() {
        try {
            Optional<TimedRequest> row = format.row(elements);
            if (row.isPresent()) {
                nanos = reading.arrival(row.get().arrivedNanos());
                request = row.get().request();
            }
            return row.isPresent();
        } catch (UnusableRow e) {
            reading.leftOut().row(e.why(), problem(e.getMessage(), "take it out, or import the rest"));
            return false;
        }
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public TraceRequest request(long atNanos) {
        return request.at(atNanos);
    }

    @Override
    public TraceException problem(String what, String remedy) {
        return elements.problem(what, remedy);
    }

    @Override
    public void close() {
        elements.close();
    }
}
