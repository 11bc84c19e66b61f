package dev.changeover.harness.gate;

/// What a run says.
public enum Verdict {
    GO,
    NO_GO,
    INCONCLUSIVE
}
