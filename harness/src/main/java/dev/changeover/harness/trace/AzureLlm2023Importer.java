package dev.changeover.harness.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The Azure LLM inference traces of 2023: arrival and token counts of requests to two services, as CSV.
///
/// Offsets count from the earliest row. A file that is sorted by time, as the published ones are, is streamed; of
/// any other the rows are held in memory and sorted. Every row is checked before the first is handed out.
final class AzureLlm2023Importer implements Importer {

    private static final String COLUMNS = "TIMESTAMP,ContextTokens,GeneratedTokens";
    private static final int MOST_UNSORTED = 2_000_000;

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
        int first = start.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
        return start.startsWith("TIMESTAMP,", first);
    }

    @Override
    public TraceReader open(TraceFile file) {
        Rows rows = survey(file);
        return rows.sorted ? new AzureReader(atFirstRow(file), rows.earliestNanos) : sort(file, rows.earliestNanos);
    }

    private static TraceReader sort(TraceFile file, long startNanos) {
        List<TraceRequest> requests = new ArrayList<>();
        try (Lines lines = atFirstRow(file)) {
            AzureRow row = new AzureRow(lines);
            while (row.next()) {
                if (requests.size() == MOST_UNSORTED) {
                    throw lines.problem(
                            "the rows are not in order, and there are more than %d".formatted(MOST_UNSORTED),
                            "sort the file by TIMESTAMP first, below its first line");
                }
                requests.add(row.request(startNanos));
            }
        }
        requests.sort(Comparator.comparingLong(TraceRequest::atNanos));
        return new ListedRequests(requests);
    }

    private record Rows(long earliestNanos, boolean sorted) {}

    private static Rows survey(TraceFile file) {
        try (Lines lines = atFirstRow(file)) {
            AzureRow row = new AzureRow(lines);
            long earliest = Long.MAX_VALUE;
            long latest = Long.MIN_VALUE;
            boolean sorted = true;
            while (row.next()) {
                sorted &= row.nanos() >= latest;
                earliest = Math.min(earliest, row.nanos());
                latest = Math.max(latest, row.nanos());
                if (latest - earliest > TraceRequest.MOST_NANOS) {
                    throw lines.problem("is more than ten years from the other rows", "correct its TIMESTAMP");
                }
            }
            if (latest == Long.MIN_VALUE) {
                throw new TraceException(file.path(), 0, "holds no requests", "a row for each must follow " + COLUMNS);
            }
            return new Rows(earliest, sorted);
        }
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
            throw lines.problem("the columns are %s".formatted(CanonicalJson.quoted(found)), "they must be " + COLUMNS);
        }
    }
}
