package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.Lines;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Rows that are a JSON object on a line each, holding one exchange.
final class JsonRows extends LineRows {

    /// What a format makes of a line.
    interface Format {
        Exchange exchange(JsonNode line) throws UnusableRow;
    }

    private final Format format;
    private final Reading reading;
    private long nanos;
    private TraceRequest request;

    JsonRows(TraceFile file, Format format, Reading reading) {
        super(new Lines(file));
        this.format = format;
        this.reading = reading;
    }

    @Override
    boolean isGood() {
        try {
            Exchange exchange = format.exchange(parsed());
            nanos = reading.arrival(exchange.arrivedNanos());
            request = exchange.request(0);
            return true;
        } catch (UnusableRow e) {
            reading.leftOut().row(e.why(), problem(e.getMessage(), "take it out, or import the rest"));
            return false;
        }
    }

    private JsonNode parsed() throws UnusableRow {
        try {
            JsonNode line = JsonTree.of(lines.buffer(), lines.start(), lines.end());
            if (line.isObject()) {
                return line;
            }
        } catch (JacksonException _) {
            // said below, without the line: it may hold somebody's prompt
        }
        throw new UnusableRow("no JSON object");
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public TraceRequest request(long atNanos) {
        return request.at(atNanos);
    }
}
