package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import java.util.List;

/// One format of recorded traffic that can be read.
///
/// A recording is one file or several: exports of a trace each, cassettes of a test each, requests and their answers.
public interface Importer {

    /// As `--format` takes it.
    String name();

    /// One sentence: what it is and where such files come from.
    String about();

    /// Whether a file that starts like this is in this format.
    ///
    /// @param start the first 4,096 bytes of the file, a char for each byte, without a byte order mark
    boolean fits(String start);

    /// The rows of a recording, one file after the other; to be closed.
    ///
    /// @param files all in this format, one at least
    /// @param reading whose `leftOut` is told of each row that cannot be replayed, as it is met
    /// @throws TraceException when a file cannot be read as this format
    Rows rows(List<TraceFile> files, Reading reading);

    /// The requests of a recording, in the order of their arrival.
    ///
    /// @param reading whose `leftOut` is told of all rows that cannot be replayed before this returns
    /// @throws TraceException when a file cannot be read as this format
    default TraceReader open(List<TraceFile> files, Reading reading) {
        return InOrder.of(files, told -> rows(files, told), reading);
    }
}
