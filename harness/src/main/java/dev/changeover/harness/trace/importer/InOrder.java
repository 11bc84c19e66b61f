package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import java.util.List;
import java.util.function.Function;

/// Brings a recording's rows into the order of their arrival; offsets count from the earliest.
///
/// The recording is looked through once, to its end, before the first request is handed out. Sorted rows are then
/// streamed; others are sorted, on the disk where they are many. Rows of the same time stay in their order.
final class InOrder {

    private InOrder() {}

    private record Survey(long earliestNanos, boolean sorted) {}

    /// @param files that the rows are in
    /// @param open opens the rows from the start; called twice
    static TraceReader of(List<TraceFile> files, Function<Reading, Rows> open, Reading reading) {
        Survey survey;
        try (Rows rows = paced(open, reading)) {
            survey = survey(files, rows, reading.leftOut());
        }
        Rows again = paced(open, reading.telling(LeftOut.counting()));
        return survey.sorted()
                ? new StreamedRows(again, survey.earliestNanos())
                : SortedRows.sort(again, survey.earliestNanos());
    }

    private static Rows paced(Function<Reading, Rows> open, Reading reading) {
        Rows rows = open.apply(reading);
        return reading.ratePerSecond().isPresent()
                ? new PacedRows(rows, reading.ratePerSecond().getAsDouble())
                : rows;
    }

    private static Survey survey(List<TraceFile> files, Rows rows, LeftOut leftOut) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        boolean sorted = true;
        while (rows.next()) {
            long nanos = rows.nanos();
            sorted &= nanos >= latest;
            earliest = Math.min(earliest, nanos);
            latest = Math.max(latest, nanos);
            if (latest - earliest > TraceRequest.MOST_NANOS || latest - earliest < 0) {
                throw rows.problem("is more than ten years from the other rows", "correct its time");
            }
        }
        if (latest == Long.MIN_VALUE) {
            String why = leftOut.rows() == 0 ? "" : ": left out are " + leftOut.text();
            String more = files.size() == 1 ? "" : ", as do the %,d other files".formatted(files.size() - 1);
            throw new TraceException(
                    files.getFirst().path(),
                    0,
                    "holds no requests" + more + why,
                    leftOut.remedy()
                            .orElse(
                                    leftOut.rows() == 0
                                            ? "name a recording with requests in it"
                                            : "mend what those rows lack, or name a recording with requests in it"));
        }
        return new Survey(earliest, sorted);
    }
}
