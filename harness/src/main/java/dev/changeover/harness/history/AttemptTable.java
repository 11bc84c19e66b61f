package dev.changeover.harness.history;

import java.util.AbstractList;
import java.util.RandomAccess;

/// Attempts kept by column; a record is made of a row whenever it is asked for.
final class AttemptTable extends AbstractList<Event.Attempt> implements RandomAccess {

    private final IdColumns id = new IdColumns();
    private final ArmColumn arm = new ArmColumn();
    private final Column number = new Column();
    private final Column started = new Column();
    private final Column ended = new Column();
    private final OutcomeColumn outcome = new OutcomeColumn();

    @Override
    public boolean add(Event.Attempt row) {
        id.add(row.id());
        arm.add(row.arm());
        number.add(row.number());
        started.add(row.startedNanos());
        ended.add(row.endedNanos());
        outcome.add(row.outcome());
        return true;
    }

    @Override
    public int size() {
        return number.size();
    }

    @Override
    public Event.Attempt get(int i) {
        return new Event.Attempt(
                id.get(i), arm.get(i), (int) number.get(i), started.get(i), ended.get(i), outcome.get(i));
    }
}
