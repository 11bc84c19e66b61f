package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// OpenTelemetry's spans of calls of models (GenAI), as OTLP JSON: what a collector's file exporter writes.
final class OtlpImporter implements Importer {

    private static final JsonLayout LAYOUT = JsonLayout.at(
            "resourceSpans[].scopeSpans[].spans[]", "resourceSpans[].instrumentationLibrarySpans[].spans[]");

    @Override
    public String name() {
        return "otlp";
    }

    @Override
    public String about() {
        return "OpenTelemetry's GenAI spans: OTLP JSON with resourceSpans, one document or JSON lines.";
    }

    @Override
    public boolean fits(String start) {
        return start.contains("\"resourceSpans\"");
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return rows(files, reading, nested(files));
    }

    @Override
    public TraceReader open(List<TraceFile> files, Reading reading) {
        NestedCalls nested = nested(files);
        return InOrder.of(files, told -> rows(files, told, nested), reading);
    }

    private static Rows rows(List<TraceFile> files, Reading reading, NestedCalls nested) {
        return ChainedRows.of(
                files, file -> new ElementRows(elements(file, reading.leftOut()), at -> row(at, nested), reading));
    }

    private static NestedCalls nested(List<TraceFile> files) {
        Function<Elements, Optional<String>> parent = at -> {
            OtlpSpan span = new OtlpSpan(at.element());
            return span.isChat() ? span.parentId() : Optional.empty();
        };
        return NestedCalls.in(files, file -> elements(file, LeftOut.counting()), parent);
    }

    private static Elements elements(TraceFile file, LeftOut leftOut) {
        return new JsonElements(file, LAYOUT, leftOut);
    }

    private static Optional<ElementRows.TimedRequest> row(Elements at, NestedCalls nested) throws UnusableRow {
        OtlpSpan span = new OtlpSpan(at.element());
        if (!span.isChat()) {
            throw new UnusableRow(span.isOfModel() ? "no chat completion" : "no span of a model");
        }
        nested.requireInnermost(span.id());
        return span.call().row();
    }
}
