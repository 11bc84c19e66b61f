package dev.changeover.harness.trace;

import java.util.Arrays;

/// When each chunk of a recorded stream came that carried content, in order.
///
/// @param nanos from the request's arrival, never falling; the array is not to be changed
public record ChunkTimes(long[] nanos) {

    public ChunkTimes {
        long before = 0;
        for (long time : nanos) {
            if (time < before || time > TraceRequest.MOST_NANOS) {
                throw new IllegalArgumentException("chunk times must not fall and be at most %d, got %d after %d"
                        .formatted(TraceRequest.MOST_NANOS, time, before));
            }
            before = time;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkTimes that && Arrays.equals(nanos, that.nanos);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nanos);
    }
}
