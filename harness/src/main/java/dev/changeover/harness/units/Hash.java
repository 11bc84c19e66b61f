package dev.changeover.harness.units;

/// Hashes that stay the same from run to run and from machine to machine; for seeds and addresses, not for secrets.
public final class Hash {

    private Hash() {}

    /// Mixes numbers into one that looks random (Stafford's variant 13 of the MurmurHash3 finalizer, chained).
    public static long mix(long... values) {
        long hash = 0;
        for (long value : values) {
            long z = (hash ^ value) + 0x9e3779b97f4a7c15L;
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            hash = z ^ (z >>> 31);
        }
        return hash;
    }

    /// FNV-1a, 64 bits.
    public static long of(CharSequence text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /// A number from 0 (inclusive) to 1 (exclusive) out of a mixed hash.
    public static double unit(long hash) {
        return (hash >>> 11) * 0x1.0p-53;
    }
}
