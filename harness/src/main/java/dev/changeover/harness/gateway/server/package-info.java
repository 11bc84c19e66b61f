/// The reference gateway's thin shell of I/O around its policy.
/// May use policy, history, scenario, wire and units; never provider, replay or rehearsal: it is under test.
package dev.changeover.harness.gateway.server;
