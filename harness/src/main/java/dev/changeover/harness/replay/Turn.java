package dev.changeover.harness.replay;

/// One request of a conversation, as a caller of a closed loop sends it.
///
/// @param thinkNanos wall time from the end of the turn before it; of a first turn 0
record Turn(long thinkNanos, Window.Arrival arrival) {}
