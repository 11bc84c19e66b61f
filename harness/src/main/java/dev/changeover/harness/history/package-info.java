/// What happened, in the order it was written, on one clock: events, their writer and their reader.
/// May use units and wire; judges nothing.
package dev.changeover.harness.history;
