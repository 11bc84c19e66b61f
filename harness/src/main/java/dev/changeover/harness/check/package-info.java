/// Judges histories. Pure: no files, clocks, threads or randomness but what a seed fixes.
/// May use history, scenario, stats, price, wire, units and the fault catalog; never replay, gateway,
/// provider or rehearsal.
package dev.changeover.harness.check;
