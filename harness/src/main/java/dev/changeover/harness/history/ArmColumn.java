package dev.changeover.harness.history;

import dev.changeover.harness.units.Arm;
import java.util.Optional;

/// A column of arms.
final class ArmColumn {

    private static final Arm[] ARMS = Arm.values();

    private final Column ordinals = new Column();

    void add(Arm arm) {
        ordinals.add(arm.ordinal());
    }

    void add(Optional<Arm> arm) {
        ordinals.add(arm.isPresent() ? arm.get().ordinal() : Column.ABSENT);
    }

    Arm get(int i) {
        return ARMS[(int) ordinals.get(i)];
    }

    Optional<Arm> optional(int i) {
        return ordinals.get(i) == Column.ABSENT ? Optional.empty() : Optional.of(get(i));
    }
}
