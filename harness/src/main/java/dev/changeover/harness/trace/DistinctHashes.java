package dev.changeover.harness.trace;

/// Counts different 64-bit hashes in bounded memory: past its limit, new ones are no longer told apart.
public final class DistinctHashes {

    private final int limit;
    private long[] slots = new long[1 << 10];
    private int different;
    private long repeated;
    private boolean complete = true;

    /// @param limit most hashes to remember, 16 to 32 bytes each
    public DistinctHashes(int limit) {
        this.limit = limit;
    }

    public void add(long hash) {
        long key = hash == 0 ? 1 : hash;
        int slot = slot(key);
        if (slots[slot] == key) {
            repeated++;
        } else if (different == limit) {
            complete = false;
        } else {
            slots[slot] = key;
            different++;
            if (different * 2 > slots.length) {
                grow();
            }
        }
    }

    public boolean contains(long hash) {
        long key = hash == 0 ? 1 : hash;
        return slots[slot(key)] == key;
    }

    /// Whether all that were added are remembered.
    public boolean isComplete() {
        return complete;
    }

    TraceSummary.Distinct counted() {
        return new TraceSummary.Distinct(different, repeated, complete);
    }

    private int slot(long key) {
        int mask = slots.length - 1;
        int slot = (int) (key ^ (key >>> 32)) & mask;
        while (slots[slot] != 0 && slots[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long key : old) {
            if (key != 0) {
                slots[slot(key)] = key;
            }
        }
    }
}
