/// What stands behind a gateway: the simulated provider, and the tap beside every provider, with its ledger.
package dev.changeover.harness.provider;
