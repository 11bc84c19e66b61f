package dev.changeover.harness.measurement;

import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.trace.TraceFile;

/// One format of measured calls that can be read.
interface MeasurementFormat {

    /// As `format` takes it.
    String name();

    /// Whether a file that starts like this is in this format.
    ///
    /// @param start the first 4,096 bytes of the file, a char for each byte
    boolean fits(String start);

    /// Hands over its calls one after the other, and says which rows are none.
    ///
    /// @throws dev.changeover.harness.trace.TraceException when the file cannot be read as this format
    void read(TraceFile file, Measured measured, CallSink calls);
}
