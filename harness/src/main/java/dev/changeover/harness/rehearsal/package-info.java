/// Wires a testbed, runs the timeline, and leaves a history behind.
/// May use all that it starts; never check or gate: a run does not know its verdict.
package dev.changeover.harness.rehearsal;
