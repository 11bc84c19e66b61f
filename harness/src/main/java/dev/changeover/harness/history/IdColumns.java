package dev.changeover.harness.history;

import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Purpose;
import java.util.Optional;

/// Ids, by column.
final class IdColumns {

    private static final Purpose[] PURPOSES = Purpose.values();

    private final Column purpose = new Column();
    private final Column number = new Column();

    void add(CallId id) {
        purpose.add(id.purpose().ordinal());
        number.add(id.number());
    }

    void add(Optional<CallId> id) {
        id.ifPresentOrElse(this::add, () -> {
            purpose.add(Column.ABSENT);
            number.add(Column.ABSENT);
        });
    }

    CallId get(int i) {
        return new CallId(PURPOSES[(int) purpose.get(i)], number.get(i));
    }

    Optional<CallId> optional(int i) {
        return number.get(i) == Column.ABSENT ? Optional.empty() : Optional.of(get(i));
    }
}
