package dev.changeover.harness.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Numbers conversations from 0 in the order in which they are met.
final class Clusters {

    private final Map<String, Integer> numbers = new HashMap<>();

    int of(String conversation) {
        return numbers.computeIfAbsent(conversation, _ -> numbers.size());
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
