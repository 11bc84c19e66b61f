package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceRequest;
import java.util.OptionalLong;

/// Rows that are elements of JSON documents.
final class ElementRows implements Rows {

    private final JsonElements elements;
    private final Format format;
    private final Reading reading;
    private long nanos;
    private TraceRequest request;

    /// What a format makes of the element at which `elements` stands.
    interface Format {
        TimedRequest row(JsonElements elements) throws UnusableRow;
    }

    /// @param arrivedNanos since 1970; empty where the recording does not say
    record TimedRequest(OptionalLong arrivedNanos, TraceRequest request) {}

    ElementRows(JsonElements elements, Format format, Reading reading) {
        this.elements = elements;
        this.format = format;
        this.reading = reading;
    }

    @Override
    public boolean next() {
        while (elements.next()) {
            try {
                TimedRequest row = format.row(elements);
                nanos = reading.arrival(row.arrivedNanos());
                request = row.request();
                return true;
            } catch (UnusableRow e) {
                reading.leftOut().row(e.why(), problem(e.getMessage(), "take it out, or import the rest"));
            }
        }
        return false;
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
