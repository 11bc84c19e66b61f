package dev.changeover.harness.wire;

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
}
