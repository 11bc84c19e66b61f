package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.util.List;

/// BurstGPT: arrivals, models and token counts of requests to a university's ChatGPT and GPT-4 services, as CSV.
///
/// Both published shapes: with and without the columns `Session ID` and `Elapsed time`. A response of 0 tokens is a
/// request that failed; it was traffic all the same, and its answer's length is not known.
final class BurstGptImporter implements Importer {

    @Override
    public String name() {
        return "burstgpt";
    }

    @Override
    public String about() {
        return "BurstGPT's traces: CSV with Timestamp (seconds), Model, Request tokens and Response tokens.";
    }

    @Override
    public boolean fits(String start) {
        return start.startsWith("Timestamp,") && start.contains("Request tokens,Response tokens");
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return ChainedRows.of(files, file -> new BurstGptRows(file, reading.leftOut()));
    }
}
