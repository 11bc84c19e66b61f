package dev.changeover.harness.replay;

import dev.changeover.harness.history.Event.Gaps;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// When the chunks with content of one answer arrived. Chunks that arrive in one read share its time: the
/// first of them makes a gap from the chunk before, each other one a gap of zero, for that is what the
/// caller saw.
final class TokenTimes {

    private static final int FIRST_CAPACITY = 32;

    private long[] gaps = new long[FIRST_CAPACITY];
    private int gapCount;
    private boolean any;
    private long firstNanos;
    private long lastNanos;

    void arrived(int chunks, long nanos) {
        if (chunks == 0) {
            return;
        }
        if (any) {
            addGap(nanos - lastNanos);
        } else {
            any = true;
            firstNanos = nanos;
        }
        lastNanos = nanos;
        for (int i = 1; i < chunks; i++) {
            addGap(0);
        }
    }

    boolean any() {
        return any;
    }

    /// Meaningless before the first.
    long lastNanos() {
        return lastNanos;
    }

    OptionalLong first() {
        return any ? OptionalLong.of(firstNanos) : OptionalLong.empty();
    }

    OptionalLong last() {
        return any ? OptionalLong.of(lastNanos) : OptionalLong.empty();
    }

    /// Quantiles by nearest rank; empty with fewer than two chunks. Sorts in place: call it when the answer
    /// is over.
    Optional<Gaps> summary() {
        if (gapCount == 0) {
            return Optional.empty();
        }
        Arrays.sort(gaps, 0, gapCount);
        long mean = (lastNanos - firstNanos) / gapCount;
        return Optional.of(new Gaps(gapCount, mean, quantile(0.50), quantile(0.95), gaps[gapCount - 1]));
    }

    private long quantile(double q) {
        return gaps[Math.max(0, (int) Math.ceil(q * gapCount) - 1)];
    }

    private void addGap(long nanos) {
        if (gapCount == gaps.length) {
            gaps = Arrays.copyOf(gaps, gapCount * 2);
        }
        gaps[gapCount++] = nanos;
    }
}
