package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.CanonicalHeader;
import dev.changeover.harness.trace.CanonicalReader;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Changeover's own format, as `docs/trace-format.md` describes it. Its rows are all good, or it is no trace: none is
/// left out.
final class CanonicalImporter implements Importer {

    @Override
    public String name() {
        return "changeover";
    }

    @Override
    public String about() {
        return "Changeover's own: JSON lines after a first line {\"" + CanonicalHeader.KEY
                + "\": 1}, as import writes it.";
    }

    @Override
    public boolean fits(String start) {
        int lineEnd = start.indexOf('\n');
        return start.substring(0, lineEnd < 0 ? start.length() : lineEnd).contains('"' + CanonicalHeader.KEY + '"');
    }

    /// Traces that all say when they started keep their times to each other; others start together.
    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        if (reading.ratePerSecond().isPresent()) {
            throw new TraceException(
                    files.getFirst().path(),
                    0,
                    "is a trace already, and keeps its times",
                    "leave --rate out; traffic.speed of a scenario plays it faster or slower");
        }
        boolean dated = files.stream().allMatch(file -> started(file).isPresent());
        return ChainedRows.of(files, file -> new CanonicalRows(file, dated ? sinceEpoch(file) : 0, reading.leftOut()));
    }

    private static Optional<Instant> started(TraceFile file) {
        return CanonicalHeader.of(file).started();
    }

    private static long sinceEpoch(TraceFile file) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, started(file).orElseThrow());
    }

    /// A trace that lies in order is not looked through first.
    @Override
    public TraceReader open(List<TraceFile> files, Reading reading) {
        boolean single = files.size() == 1 && reading.ratePerSecond().isEmpty();
        return single && CanonicalHeader.of(files.getFirst()).inOrder()
                ? CanonicalReader.open(files.getFirst())
                : Importer.super.open(files, reading);
    }
}
