package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.Lines;
import dev.changeover.harness.trace.TraceException;

/// Rows of a recording that has one on each line.
abstract class LineRows implements Rows {

    final Lines lines;

    LineRows(Lines lines) {
        this.lines = lines;
    }

    /// Reads the row on the line at which `lines` stands; false when it is left out.
    abstract boolean isGood();

    @Override
    public final boolean next() {
        while (lines.next()) {
            if (!lines.isBlank() && isGood()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public final TraceException problem(String what, String remedy) {
        return lines.problem(what, remedy);
    }

    @Override
    public final void close() {
        lines.close();
    }
}
