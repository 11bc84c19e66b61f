package dev.changeover.harness.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToLongFunction;

/// Positions in the order of a key, which is asked once for each: rows of a history are made when they are read.
final class Order {

    private Order() {}

    /// Of 0 to n - 1.
    static int[] by(int n, IntToLongFunction key) {
        long[] keys = new long[n];
        int[] order = new int[n];
        boolean sorted = true;
        for (int i = 0; i < n; i++) {
            keys[i] = key.applyAsLong(i);
            order[i] = i;
            sorted &= i == 0 || keys[i] >= keys[i - 1];
        }
        return sorted
                ? order
                : Arrays.stream(order)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> keys[i]))
                        .mapToInt(i -> i)
                        .toArray();
    }
}
