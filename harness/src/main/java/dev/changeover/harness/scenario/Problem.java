package dev.changeover.harness.scenario;

/// One thing wrong with a scenario: where, what, and what to do about it.
///
/// @param source the file, or `--set`
/// @param line from 1; 0 where there is none
/// @param column from 1; 0 where there is none
public record Problem(String source, int line, int column, String what, String remedy) {

    @Override
    public String toString() {
        String where = line == 0 ? source : "%s:%d:%d".formatted(source, line, column);
        return "%s: %s%n    %s".formatted(where, what, remedy);
    }
}
