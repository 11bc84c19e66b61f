/// Judges histories. Pure: no files, clocks, threads or randomness but what a seed fixes.
/// May use history, scenario, stats, price and units; never replay, gateway, provider or rehearsal.
package dev.changeover.harness.check;
