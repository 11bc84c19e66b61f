package dev.changeover.toxics.toxic;

import java.util.Arrays;
import java.util.Optional;

/// Which half of a connection a toxic works on, in Toxiproxy's words: upstream is client to server.
public enum Direction {
    UPSTREAM("upstream"),
    DOWNSTREAM("downstream");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Direction> of(String word) {
        return Arrays.stream(values()).filter(d -> d.word.equals(word)).findFirst();
    }
}
