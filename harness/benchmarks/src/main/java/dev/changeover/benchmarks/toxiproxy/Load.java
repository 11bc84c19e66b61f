package dev.changeover.benchmarks.toxiproxy;

/// Puts a load on a way for a second or so and measures.
interface Load {

    /// @return one figure for each line that the load fills, in their order
    double[] on(Way way) throws InterruptedException;
}
