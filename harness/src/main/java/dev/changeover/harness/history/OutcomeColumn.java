package dev.changeover.harness.history;

import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.util.ArrayList;
import java.util.List;

/// A column of outcomes, by number: there are few.
final class OutcomeColumn {

    private static final List<Outcome> ALL = all();

    private final Column numbers = new Column();

    private static List<Outcome> all() {
        List<Outcome> outcomes = new ArrayList<>();
        for (ErrorKind kind : ErrorKind.values()) {
            outcomes.add(new Outcome.Failed(kind));
        }
        outcomes.add(Outcome.SERVED);
        outcomes.add(Outcome.CANCELLED);
        return List.copyOf(outcomes);
    }

    void add(Outcome outcome) {
        numbers.add(
                switch (outcome) {
                    case Outcome.Failed(var kind) -> kind.ordinal();
                    case Outcome.Served _ -> ALL.size() - 2;
                    case Outcome.Cancelled _ -> ALL.size() - 1;
                });
    }

    Outcome get(int i) {
        return ALL.get((int) numbers.get(i));
    }
}
