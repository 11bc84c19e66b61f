package dev.changeover.harness.gate;

import dev.changeover.harness.scenario.Claim;
import java.util.Optional;

/// A claim that a run can measure, and what it measured of it.
///
/// @param claim whose test is `Measured`
/// @param result the claim as a gate: it passed when the claim holds; empty: not testable
/// @param whyNot one sentence; empty when there is a result
public record ClaimFinding(Claim claim, Optional<GateResult> result, String whyNot) {}
