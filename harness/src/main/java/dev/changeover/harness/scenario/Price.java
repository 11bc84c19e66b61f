package dev.changeover.harness.scenario;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/// A price list of one line.
///
/// @param input for `per` input tokens
/// @param output for `per` output tokens
/// @param per tokens, one million as a rule
public record Price(BigDecimal input, BigDecimal output, String currency, long per, Optional<LocalDate> asOf) {

    public Price {
        if (input.signum() < 0 || output.signum() < 0) {
            throw new IllegalArgumentException("prices must be >= 0, got %s and %s".formatted(input, output));
        }
        if (per <= 0) {
            throw new IllegalArgumentException("per must be > 0, got " + per);
        }
    }
}
