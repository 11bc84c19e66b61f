package dev.changeover.harness.gate;

import dev.changeover.harness.scenario.GateSpec;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A gate, what was measured, and what follows.
///
/// @param observed for a margin: how much worse the new arm is; for a limit: the value
/// @param bound the one-sided 95 % bound that decided
/// @param threshold the margin or limit that it was held against, as it came out
/// @param unit of all three: `ms`, `ratio`, `share`, `requests`, `requests/s` or a currency
/// @param n observations it rests on
/// @param needed how many more would settle it, when inconclusive and that can be said
/// @param method in words, with its source
/// @param evidence how many were looked at, how many broke the rule, the first and the worst
public record GateResult(
        GateSpec spec,
        Decision decision,
        OptionalDouble observed,
        OptionalDouble bound,
        OptionalDouble threshold,
        String unit,
        long n,
        OptionalLong needed,
        String method,
        String evidence) {}
