package dev.changeover.harness.wire;

import java.util.Optional;

/// Why a call was made; totals count requests only.
public enum Purpose {
    REQUEST("request", 'q'),
    WARMUP("warmup", 'w'),
    PROBE("probe", 'p');

    private final String word;
    private final char letter;

    Purpose(String word, char letter) {
        this.word = word;
        this.letter = letter;
    }

    public String word() {
        return word;
    }

    char letter() {
        return letter;
    }

    static Optional<Purpose> of(char letter) {
        return switch (letter) {
            case 'q' -> Optional.of(REQUEST);
            case 'w' -> Optional.of(WARMUP);
            case 'p' -> Optional.of(PROBE);
            default -> Optional.empty();
        };
    }
}
