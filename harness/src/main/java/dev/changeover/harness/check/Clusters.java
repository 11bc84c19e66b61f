package dev.changeover.harness.check;

import dev.changeover.harness.units.Hash;
import java.util.Arrays;

/// Numbers conversations from 0 in the order in which they are met. Told apart by 64 bits of hash, so
/// that a million of them take no million objects.
final class Clusters {

    private static final int EMPTY = -1;

    private long[] hashes = new long[64];
    private int[] numbers = filled(64);
    private int count;

    int of(String conversation) {
        if (2 * count >= hashes.length) {
            grow();
        }
        long hash = Hash.mix(Hash.of(conversation));
        int slot = slot(hash);
        if (numbers[slot] == EMPTY) {
            hashes[slot] = hash;
            numbers[slot] = count++;
        }
        return numbers[slot];
    }

    private int slot(long hash) {
        int slot = (int) hash & (hashes.length - 1);
        while (numbers[slot] != EMPTY && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new long[2 * oldHashes.length];
        numbers = filled(hashes.length);
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldNumbers[i] != EMPTY) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private static int[] filled(int length) {
        int[] numbers = new int[length];
        Arrays.fill(numbers, EMPTY);
        return numbers;
    }

    /// Numbers again, without the gaps that clusters of which nothing was kept would leave.
    static final class Dense {

        private int[] numbers = new int[64];
        private int count;

        int of(int cluster) {
            if (cluster >= numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.max(cluster + 1, 2 * numbers.length));
            }
            if (numbers[cluster] == 0) {
                numbers[cluster] = ++count;
            }
            return numbers[cluster] - 1;
        }
    }
}
