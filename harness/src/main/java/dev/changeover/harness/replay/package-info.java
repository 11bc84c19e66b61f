/// Sends a schedule of requests on time and measures what comes back.
/// May use trace, history, scenario, transport, wire and units; never gateway or provider: a client does not know who
/// answers.
package dev.changeover.harness.replay;
