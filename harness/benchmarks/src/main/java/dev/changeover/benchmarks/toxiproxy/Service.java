package dev.changeover.benchmarks.toxiproxy;

/// What the upstream does, each on a port of its own.
enum Service {
    /// Sends back what it gets.
    ECHO,
    /// Sends bytes as fast as they are taken.
    SOURCE,
    /// Takes bytes and counts them.
    SINK,
    /// Takes frames and notes how long each was under way.
    ARRIVALS
}
