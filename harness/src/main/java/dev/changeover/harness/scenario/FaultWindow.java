package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import dev.changeover.toxics.catalog.FaultEffect;
import java.time.Duration;

/// A fault on one provider for a while.
///
/// @param at trace time from the start of the window
/// @param length trace time
/// @param fault its name in the catalog
/// @param effect with the parameters given
public record FaultWindow(Duration at, Duration length, Arm on, String fault, FaultEffect effect) {

    public FaultWindow {
        if (at.isNegative()) {
            throw new IllegalArgumentException("at must be >= 0, got " + at);
        }
        if (!length.isPositive()) {
            throw new IllegalArgumentException("for must be > 0, got " + length);
        }
    }
}
