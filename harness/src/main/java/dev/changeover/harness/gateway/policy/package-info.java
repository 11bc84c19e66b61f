/// What the reference gateway decides: state machines that take an event and the time, and return a decision.
/// May use scenario, wire and units; never sockets, clocks, threads or history.
package dev.changeover.harness.gateway.policy;
