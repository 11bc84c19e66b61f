package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;

/// One format of recorded traffic that can be read.
public interface Importer {

    /// As `--format` takes it.
    String name();

    /// One sentence: what it is and where such files come from.
    String about();

    /// Whether a file that starts like this is in this format.
    ///
    /// @param start the first 4,096 bytes of the file, a char for each byte
    boolean fits(String start);

    /// The requests in it, in the order of their arrival.
    ///
    /// @param reading whose `leftOut` is told of all rows that cannot be replayed before this returns
    /// @throws TraceException when it cannot be read as this format
    TraceReader open(TraceFile file, Reading reading);
}
