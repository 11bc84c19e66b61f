package dev.changeover.harness.scenario;

import java.nio.file.Path;

/// Where something was written.
///
/// @param source the file, or `--set a.b.c`
/// @param line from 1; 0 where there is none
/// @param column from 1; 0 where there is none
/// @param folder that relative paths start from
record Place(String source, int line, int column, Path folder) {

    Problem problem(String what, String remedy) {
        return new Problem(source, line, column, what, remedy);
    }
}
