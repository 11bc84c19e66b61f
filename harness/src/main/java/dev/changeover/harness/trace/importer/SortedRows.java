package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.CanonicalReader;
import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/// Rows that lie in any order, sorted by merging sorted runs; runs that are many lie in temporary files meanwhile.
final class SortedRows implements TraceReader {

    private static final long RUN_BYTES = 64L << 20;
    private static final int REQUEST_BYTES = 200;

    private final List<Path> files = new ArrayList<>();
    private final List<TraceReader> runs = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparingLong((Head h) -> h.request().atNanos()).thenComparingInt(Head::run));

    /// The first request of a run that has not been handed out.
    private record Head(TraceRequest request, int run) {}

    private SortedRows() {}

    /// Reads the rows to their end and closes them.
    static TraceReader sort(Rows rows, long startNanos) {
        return sort(rows, startNanos, RUN_BYTES);
    }

    /// @param runBytes about how much a run may hold in memory
    static TraceReader sort(Rows rows, long startNanos, long runBytes) {
        SortedRows sorted = new SortedRows();
        try (rows) {
            List<TraceRequest> run = new ArrayList<>();
            long bytes = 0;
            while (rows.next()) {
                TraceRequest request = rows.request(rows.nanos() - startNanos);
                bytes += bytesOf(request);
                run.add(request);
                if (bytes >= runBytes) {
                    sorted.spill(run);
                    run = new ArrayList<>();
                    bytes = 0;
                }
            }
            run.sort(Comparator.comparingLong(TraceRequest::atNanos));
            sorted.runs.add(new ListedRequests(run));
            sorted.begin();
            return sorted;
        } catch (RuntimeException e) {
            sorted.close();
            throw e;
        }
    }

    /// About what it holds in memory.
    static long bytesOf(TraceRequest request) {
        return REQUEST_BYTES
                + request.body().map(body -> body.length).orElse(0)
                + request.blocks()
                        .map(made -> made.numbers().length * Long.BYTES)
                        .orElse(0)
                + request.answer().map(SortedRows::bytesOf).orElse(0);
    }

    private static int bytesOf(RecordedAnswer answer) {
        return answer.text().map(text -> text.length() * Character.BYTES).orElse(0)
                + answer.chunks()
                        .map(chunks -> chunks.nanos().length * Long.BYTES)
                        .orElse(0);
    }

    private void spill(List<TraceRequest> run) {
        run.sort(Comparator.comparingLong(TraceRequest::atNanos));
        Path file = temporary();
        files.add(file);
        TraceWriter.copy(run.iterator(), file, "a run of a sort");
        runs.add(CanonicalReader.open(new TraceFile(file)));
    }

    /// Deleted when the rows are closed, and at the latest when the process ends.
    private static Path temporary() {
        try {
            Path file = Files.createTempFile("changeover-import-", ".jsonl.gz");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new TraceException(
                    Path.of(System.getProperty("java.io.tmpdir")),
                    0,
                    "takes no file to sort the recording in: " + e,
                    "make room there, or sort the recording by time first",
                    e);
        }
    }

    private void begin() {
        for (int run = 0; run < runs.size(); run++) {
            advance(run);
        }
    }

    private void advance(int run) {
        if (runs.get(run).hasNext()) {
            heads.add(new Head(runs.get(run).next(), run));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public TraceRequest next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException();
        }
        advance(head.run());
        return head.request();
    }

    @Override
    public void close() {
        runs.forEach(TraceReader::close);
        files.forEach(file -> file.toFile().delete());
    }
}
