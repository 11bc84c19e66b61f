package dev.changeover.harness.rollout;

import java.util.LinkedHashMap;
import java.util.Map;

/// A map that forgets what was touched longest ago, so that a run may last for days.
final class Recent<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;
    private static final int MOST = 100_000;

    Recent() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
    }
}
