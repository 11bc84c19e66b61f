package dev.changeover.toxics.http;

/// Which requests a fault strikes: a share of them, chosen by seed and request, never by arrival.
///
/// @param share of requests struck, 0 to 1
public record Selection(double share) {

    public static final Selection ALL = new Selection(1);

    public Selection {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1, got " + share);
        }
    }

    /// Whether it strikes the given attempt at the given request; the same arguments always answer the same.
    public boolean strikes(long seed, long request, int attempt) {
        long mixed = mix(mix(seed ^ request) + attempt);
        return (mixed >>> 11) * 0x1.0p-53 < share;
    }

    /// Stafford's variant 13 of the MurmurHash3 finalizer, as in `java.util.SplittableRandom`.
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
