package dev.changeover.harness.rehearsal;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A front that is a gateway of somebody's, and has to be waited for.
interface GatewayFront extends Front {

    /// Starts what is to be started, and waits until it can serve. What it changed is undone by `close`, also when
    /// this fails.
    ///
    /// @param cancelled ends the wait at once
    /// @return why it cannot serve: a finding; empty when it can, or when the wait was cancelled
    /// @throws TestbedException when we could not do our part
    Optional<String> open(BooleanSupplier cancelled) throws TestbedException;

    /// Called once t0 is known: what happened so far is put on the run's clock.
    void announce();
}
