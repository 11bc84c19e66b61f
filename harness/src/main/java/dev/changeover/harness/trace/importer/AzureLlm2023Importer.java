package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.Lines;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The Azure LLM inference traces of 2023: arrival and token counts of requests to two services, as CSV.
final class AzureLlm2023Importer implements Importer {

    private static final String COLUMNS = "TIMESTAMP,ContextTokens,GeneratedTokens";

    @Override
    public String name() {
        return "azure_llm_2023";
    }

    @Override
    public String about() {
        return "the Azure LLM inference traces of 2023: CSV with the columns " + COLUMNS + ".";
    }

    @Override
    public boolean fits(String start) {
        return start.startsWith("TIMESTAMP,");
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return ChainedRows.of(files, file -> new AzureRow(atFirstRow(file), reading.leftOut()));
    }

    private static Lines atFirstRow(TraceFile file) {
        Lines lines = new Lines(file);
        try {
            requireColumns(lines);
            return lines;
        } catch (RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private static void requireColumns(Lines lines) {
        if (!lines.next()) {
            throw new TraceException(lines.file().path(), 0, "is empty", "its first line must be " + COLUMNS);
        }
        String found = new String(lines.buffer(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
        if (!found.equals(COLUMNS)) {
            throw lines.problem("the columns are others", "they must be " + COLUMNS);
        }
    }
}
