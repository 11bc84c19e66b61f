/// Measured calls of a provider, and what is fitted to them: the readers, the fit, how well it fits.
/// May use history, trace, scenario, stats, wire and units; never provider: what is fitted does not know who plays it.
package dev.changeover.harness.measurement;
