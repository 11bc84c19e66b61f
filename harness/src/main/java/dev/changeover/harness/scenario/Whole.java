package dev.changeover.harness.scenario;

/// Whole numbers that must fit an `int`.
final class Whole {
    private Whole() {}

    static int of(String name, long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("%s must be 0 to %d, got %d".formatted(name, Integer.MAX_VALUE, value));
        }
        return (int) value;
    }
}
