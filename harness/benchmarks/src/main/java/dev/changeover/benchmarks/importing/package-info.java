/// Measures how fast recordings become traces, and traces schedules. `ImportBenchmark` is the program.
/// May use the harness.
package dev.changeover.benchmarks.importing;
