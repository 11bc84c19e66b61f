/// Gateways that are programs of anybody's: started with a configuration of ours, watched, told new weights by their
/// own means, stopped, and everything put back.
/// May use scenario, history and units; never rehearsal, replay or provider.
package dev.changeover.harness.gateway.program;
