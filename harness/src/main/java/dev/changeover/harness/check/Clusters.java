package dev.changeover.harness.check;

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

        private final Map<Integer, Integer> numbers = new HashMap<>();

        int of(int cluster) {
            return numbers.computeIfAbsent(cluster, _ -> numbers.size());
        }
    }
}
