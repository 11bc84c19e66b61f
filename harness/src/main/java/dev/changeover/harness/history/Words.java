package dev.changeover.harness.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A column of words, of which equal ones are kept once: a million rows name a handful of models.
final class Words {

    /// Words remembered at a time: where all differ, as conversations may, remembering them would cost
    /// more than it saves.
    private static final int MOST_KNOWN = 10_000;

    private final Column places = new Column();
    private final List<String> words = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();

    void add(String word) {
        if (known.size() == MOST_KNOWN) {
            known.clear();
        }
        places.add(known.computeIfAbsent(word, this::place));
    }

    void add(Optional<String> word) {
        word.ifPresentOrElse(this::add, () -> places.add(Column.ABSENT));
    }

    private int place(String word) {
        words.add(word);
        return words.size() - 1;
    }

    String get(int i) {
        return words.get((int) places.get(i));
    }

    Optional<String> optional(int i) {
        return places.get(i) == Column.ABSENT ? Optional.empty() : Optional.of(get(i));
    }
}
