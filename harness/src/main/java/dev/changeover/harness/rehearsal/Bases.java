package dev.changeover.harness.rehearsal;

/// Paths before `/chat/completions`.
final class Bases {

    private Bases() {}

    /// `/v1/` and `/v1` -> `/v1`; `/` -> empty.
    static String withoutSlash(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
