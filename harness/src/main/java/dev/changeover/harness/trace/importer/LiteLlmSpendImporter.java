package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.util.List;

/// LiteLLM's spend logs: rows of its table `LiteLLM_SpendLogs`, as JSON or as CSV.
final class LiteLlmSpendImporter implements Importer {

    private static final JsonLayout LAYOUT = JsonLayout.at("data[]");

    @Override
    public String name() {
        return "litellm_spend";
    }

    @Override
    public String about() {
        return "LiteLLM's spend logs: the table LiteLLM_SpendLogs as a JSON array, JSON lines or CSV.";
    }

    @Override
    public boolean fits(String start) {
        boolean hasColumns = start.contains("request_id") && start.contains("call_type");
        return hasColumns
                && (isJson(start)
                        ? start.contains("\"call_type\"")
                        : firstLine(start).contains("call_type"));
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return ChainedRows.of(
                files,
                file -> new ElementRows(
                        elements(file, reading),
                        at -> LiteLlmCall.of(at.element()).row(),
                        reading));
    }

    private static Elements elements(TraceFile file, Reading reading) {
        return isJson(file.start())
                ? new JsonElements(file, LAYOUT, reading.leftOut())
                : new CsvElements(file, LiteLlmCall.COLUMNS);
    }

    private static boolean isJson(String start) {
        String text = start.stripLeading();
        return text.startsWith("{") || text.startsWith("[");
    }

    private static String firstLine(String start) {
        int end = start.indexOf('\n');
        return end < 0 ? start : start.substring(0, end);
    }
}
