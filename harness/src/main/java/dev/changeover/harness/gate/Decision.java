package dev.changeover.harness.gate;

/// What a gate says.
public enum Decision {
    PASS,
    FAIL,
    INCONCLUSIVE
}
