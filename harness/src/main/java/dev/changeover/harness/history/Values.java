package dev.changeover.harness.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A column of values, of which equal ones are kept once: a million rows name a handful of models.
final class Values<T> {

    /// Values remembered at a time: where all differ, as conversations may, remembering them would cost
    /// more than it saves.
    private static final int MOST_KNOWN = 10_000;

    private final Column places = new Column();
    private final List<T> values = new ArrayList<>();
    private final Map<T, Integer> known = new HashMap<>();

    void add(T value) {
        if (known.size() == MOST_KNOWN) {
            known.clear();
        }
        places.add(known.computeIfAbsent(value, this::place));
    }

    void addOptional(Optional<T> value) {
        value.ifPresentOrElse(this::add, () -> places.add(Column.ABSENT));
    }

    private int place(T value) {
        values.add(value);
        return values.size() - 1;
    }

    T get(int i) {
        return values.get((int) places.get(i));
    }

    Optional<T> optional(int i) {
        return places.get(i) == Column.ABSENT ? Optional.empty() : Optional.of(get(i));
    }
}
