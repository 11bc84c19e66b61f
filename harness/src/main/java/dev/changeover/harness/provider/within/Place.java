package dev.changeover.harness.provider.within;

/// The place in a stream where a fault strikes: behind so many chunks with content, or before the end of one that has
/// fewer.
final class Place {

    private final int chunks;
    private int seen;

    Place(int chunks) {
        this.chunks = chunks;
    }

    /// Whether the next event comes before the place.
    boolean passes(StreamEvent event) {
        if (seen >= chunks || event.finishes()) {
            return false;
        }
        seen += event.hasContent() ? 1 : 0;
        return true;
    }
}
