package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.util.List;

/// OpenAI's batches: the file of requests, and the files of answers and of errors that came back, which name their
/// requests by `custom_id`. None of them says when.
final class OpenAiBatchImporter implements Importer {

    @Override
    public String name() {
        return "openai_batch";
    }

    @Override
    public String about() {
        return "OpenAI's batches: JSON lines with custom_id; the file of requests, and those of answers if named with"
                + " it.";
    }

    @Override
    public boolean fits(String start) {
        boolean isRequest = start.contains("\"body\"") && start.contains("\"url\"");
        return start.contains("\"custom_id\"") && (isRequest || start.contains("\"response\""));
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        if (reading.ratePerSecond().isEmpty()) {
            throw new TraceException(
                    files.getFirst().path(),
                    0,
                    "is a batch, which does not say when its requests arrived",
                    "import it with --rate, as in --rate 2/s");
        }
        return new BatchRows(files, BatchAnswers.of(files, reading.leftOut()), reading);
    }
}
