package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Langfuse's exports: a trace with its observations, a page of its API, or observations as JSON lines.
final class LangfuseImporter implements Importer {

    private static final JsonLayout LAYOUT = JsonLayout.at("observations[]", "data[]");

    @Override
    public String name() {
        return "langfuse";
    }

    @Override
    public String about() {
        return "Langfuse's exports: traces with observations, or observations alone; JSON or JSON lines.";
    }

    @Override
    public boolean fits(String start) {
        boolean isTrace = start.contains("\"trace\"") && start.contains("\"projectId\"");
        boolean isObservation = start.contains("\"startTime\"") && start.contains("\"traceId\"")
                || start.contains("\"start_time\"") && start.contains("\"trace_id\"");
        boolean isLangfuse = start.contains("\"type\"")
                && (start.contains("arentObservationId\"") || start.contains("arent_observation_id\""));
        return isTrace || isObservation && isLangfuse;
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
        Function<Elements, Optional<String>> parent = at -> isGeneration(at)
                ? Values.text(at.element(), "parentObservationId", "parent_observation_id")
                : Optional.empty();
        return NestedCalls.in(files, file -> elements(file, LeftOut.counting()), parent);
    }

    private static Elements elements(TraceFile file, LeftOut leftOut) {
        return new JsonElements(file, LAYOUT, leftOut);
    }

    private static Optional<ElementRows.TimedRequest> row(Elements at, NestedCalls nested) throws UnusableRow {
        if (!isGeneration(at)) {
            throw new UnusableRow(
                    switch (type(at)) {
                        case "SPAN" -> "a span";
                        case "EVENT" -> "an event";
                        case "EMBEDDING" -> "an embedding";
                        case "" -> "no observation";
                        default -> "an observation that is no generation";
                    });
        }
        nested.requireInnermost(Values.text(at.element(), "id"));
        return LangfuseGeneration.of(at.element(), at.around()).row();
    }

    private static boolean isGeneration(Elements at) {
        return type(at).equals("GENERATION");
    }

    private static String type(Elements at) {
        return Values.text(at.element(), "type").orElse("").toUpperCase(Locale.ROOT);
    }
}
