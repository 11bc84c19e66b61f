package dev.changeover.harness.redaction;

/// What becomes of the texts of messages, answers and tool arguments.
public enum TextPolicy {
    /// They are kept; what a pattern finds in them is masked.
    KEEP,
    /// Each becomes a keyed hash: equal texts stay equal within a recording.
    HASH,
    /// They are left out, and the body of the request with them.
    DROP,
    /// Each becomes words of the same length and, where words can do that, of as many tokens.
    REPLACE
}
