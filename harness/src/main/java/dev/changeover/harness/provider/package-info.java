/// What stands behind a gateway: the simulated provider, and the tap beside every provider, with its ledger.
/// May use measurement, history, scenario, dialect, proxy, transport, wire and units; never gateway, replay or
/// rehearsal: a provider does not know who asks.
package dev.changeover.harness.provider;
