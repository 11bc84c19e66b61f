package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.util.List;

/// Mooncake's traces: arrivals, token counts and what prompts share, as JSON lines.
///
/// A prompt is known by the numbers of its blocks of 512 tokens; prompts that begin with the same numbers begin with
/// the same text, and so they do when they are replayed.
final class MooncakeImporter implements Importer {

    @Override
    public String name() {
        return "mooncake";
    }

    @Override
    public String about() {
        return "Mooncake's traces: JSON lines with timestamp (ms), input_length, output_length and hash_ids.";
    }

    @Override
    public boolean fits(String start) {
        return start.startsWith("{") && start.contains("\"hash_ids\"") && start.contains("\"input_length\"");
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return ChainedRows.of(files, file -> new MooncakeRows(file, reading.leftOut()));
    }
}
