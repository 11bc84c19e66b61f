/// How traffic moves to the new provider and back: a state machine that takes what happened and the time, and returns
/// what to do; and the evidence that it goes by.
/// May use history, scenario, stats, wire and units; never sockets, clocks or threads.
package dev.changeover.harness.rollout;
