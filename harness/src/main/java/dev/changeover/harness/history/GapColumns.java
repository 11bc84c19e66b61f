package dev.changeover.harness.history;

import java.util.Optional;

/// Gaps, by column.
final class GapColumns {

    private final Column count = new Column();
    private final Column mean = new Column();
    private final Column p50 = new Column();
    private final Column p95 = new Column();
    private final Column max = new Column();

    void add(Optional<Event.Gaps> gaps) {
        count.add(gaps.isPresent() ? gaps.get().count() : Column.ABSENT);
        mean.add(gaps.isPresent() ? gaps.get().meanNanos() : Column.ABSENT);
        p50.add(gaps.isPresent() ? gaps.get().p50Nanos() : Column.ABSENT);
        p95.add(gaps.isPresent() ? gaps.get().p95Nanos() : Column.ABSENT);
        max.add(gaps.isPresent() ? gaps.get().maxNanos() : Column.ABSENT);
    }

    Optional<Event.Gaps> get(int i) {
        return count.get(i) == Column.ABSENT
                ? Optional.empty()
                : Optional.of(new Event.Gaps((int) count.get(i), mean.get(i), p50.get(i), p95.get(i), max.get(i)));
    }
}
