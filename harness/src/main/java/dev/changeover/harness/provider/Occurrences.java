package dev.changeover.harness.provider;

import java.util.LinkedHashMap;
import java.util.Map;

/// Counts how often each key was met; forgets the keys that were not met for longest past a bound.
final class Occurrences<K> {

    private static final int BOUND = 200_000;

    private final Map<K, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Integer> eldest) {
            return size() > BOUND;
        }
    };

    /// The number of this meeting, from 1.
    int next(K key) {
        return counts.merge(key, 1, Integer::sum);
    }
}
