package dev.changeover.benchmarks.toxiproxy;

/// Puts a load on a way for a moment and measures.
interface Load {

    Measured on(Way way) throws InterruptedException;

    /// @param work how much was carried, in the unit that processor time is told by
    /// @param figures one for each line that the load fills, in their order
    record Measured(double work, double... figures) {}
}
