package dev.changeover.harness.gateway.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Answers kept for their time to live, at most 10,000 of them and 64 MiB in all; past either, the oldest go first.
/// One larger than 1 MiB is not kept.
///
/// @param <K> what makes two questions the same
public final class AnswerCache<K, A> {

    public static final long LARGEST_BYTES = 1 << 20;
    static final int MOST_ANSWERS = 10_000;
    static final long MOST_BYTES = 64 << 20;

    private final long ttlNanos;
    /// In the order in which they were kept, which is that in which they expire.
    private final Map<K, Kept<A>> kept = new LinkedHashMap<>();

    private long bytes;

    private record Kept<A>(A answer, long bytes, long untilNanos) {}

    public AnswerCache(long ttlNanos) {
        this.ttlNanos = ttlNanos;
    }

    public Optional<A> find(K key, long nowNanos) {
        forgetExpired(nowNanos);
        return Optional.ofNullable(kept.get(key)).map(Kept::answer);
    }

    /// @param size of the answer, in bytes
    public void keep(K key, A answer, long size, long nowNanos) {
        if (size > LARGEST_BYTES) {
            return;
        }
        forgetExpired(nowNanos);
        Kept<A> before = kept.remove(key);
        bytes += size - (before == null ? 0 : before.bytes());
        kept.put(key, new Kept<>(answer, size, nowNanos + ttlNanos));
        while (kept.size() > MOST_ANSWERS || bytes > MOST_BYTES) {
            forgetOldest();
        }
    }

    /// How many there were.
    public int clear() {
        int count = kept.size();
        kept.clear();
        bytes = 0;
        return count;
    }

    int size() {
        return kept.size();
    }

    private void forgetExpired(long nowNanos) {
        while (!kept.isEmpty() && kept.values().iterator().next().untilNanos() <= nowNanos) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        var oldest = kept.values().iterator();
        bytes -= oldest.next().bytes();
        oldest.remove();
    }
}
