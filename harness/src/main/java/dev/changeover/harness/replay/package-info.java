/// Sends a schedule of requests on time, open loop, and measures what comes back.
/// May use units, scenario, trace, wire and history; knows nothing of gateways, faults or judging.
package dev.changeover.harness.replay;
