package dev.changeover.harness.units;

import java.util.Optional;

/// The provider that is left, or the one that is moved to.
public enum Arm {
    OLD("old"),
    NEW("new");

    private final String word;

    Arm(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public Arm other() {
        return this == OLD ? NEW : OLD;
    }

    public static Optional<Arm> of(String word) {
        return OLD.word.equals(word) ? Optional.of(OLD) : NEW.word.equals(word) ? Optional.of(NEW) : Optional.empty();
    }
}
