package dev.changeover.harness.dialect;

import java.util.Locale;

/// How a difference between providers is known.
public enum Evidence {
    /// From a recorded exchange with the vendor.
    RECORDED,
    /// From what people copied into public threads, or from the published source of a server.
    REPORTED,
    /// From the vendor's own pages.
    DOCUMENTED,
    /// By likeness: nothing was found that shows it.
    ASSUMED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
