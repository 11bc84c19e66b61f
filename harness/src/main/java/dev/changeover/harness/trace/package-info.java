/// Recorded traffic: the model, the canonical format, importers, summaries, and bodies made from token counts.
/// Reads and writes files; sends nothing.
package dev.changeover.harness.trace;
