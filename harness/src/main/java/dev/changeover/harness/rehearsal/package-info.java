/// Wires a testbed, runs the timeline, and leaves a history behind.
package dev.changeover.harness.rehearsal;
