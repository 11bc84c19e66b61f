/// Recorded traffic: the model, the canonical format, summaries, and bodies made from token counts.
/// Reads and writes files; sends nothing. May use units and wire.
package dev.changeover.harness.trace;
