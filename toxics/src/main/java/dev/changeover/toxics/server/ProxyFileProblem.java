package dev.changeover.toxics.server;

/// One thing wrong with a file of proxies: where, what, and what to do about it.
///
/// @param line from 1; 0 where there is none
/// @param column from 1; 0 where there is none
public record ProxyFileProblem(String file, int line, int column, String what, String remedy) {

    @Override
    public String toString() {
        String where = line == 0 ? file : "%s:%d:%d".formatted(file, line, column);
        return "%s: %s%n    %s".formatted(where, what, remedy);
    }
}
