package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Money;

/// What a run may cost: it refuses to start, and stops, past it.
public record Budget(Money maxSpend) {
    public Budget {
        if (maxSpend.amount().signum() < 0) {
            throw new IllegalArgumentException("max_spend must be >= 0, got " + maxSpend);
        }
    }
}
