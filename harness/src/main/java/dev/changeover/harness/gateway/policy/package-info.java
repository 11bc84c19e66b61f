/// What the reference gateway decides: state machines that take an event and the time, and return a decision. No I/O.
package dev.changeover.harness.gateway.policy;
