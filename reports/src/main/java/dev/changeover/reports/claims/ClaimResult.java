package dev.changeover.reports.claims;

import dev.changeover.harness.scenario.Claim;
import java.math.BigDecimal;
import java.util.Optional;

/// A claim and what became of it.
///
/// @param value computed or measured, in the claim's unit; empty where there is none
/// @param working one line that a person can follow; why not, where it is not testable
public record ClaimResult(Claim claim, Status status, Optional<BigDecimal> value, String working) {

    public enum Status {
        SUPPORTED,
        REFUTED,
        NOT_TESTABLE
    }

    static ClaimResult notTestable(Claim claim, String why) {
        return new ClaimResult(claim, Status.NOT_TESTABLE, Optional.empty(), why);
    }
}
