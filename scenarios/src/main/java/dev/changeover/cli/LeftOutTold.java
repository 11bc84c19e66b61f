package dev.changeover.cli;

import dev.changeover.harness.trace.importer.LeftOut;
import java.io.PrintWriter;

/// What was left out of a recording, told to people.
final class LeftOutTold {

    private LeftOutTold() {}

    static void print(LeftOut leftOut, PrintWriter terminal) {
        if (leftOut.rows() > 0) {
            terminal.printf("left out: %s%n", leftOut.text());
        }
        leftOut.remedy().ifPresent(remedy -> terminal.printf("    %s%n", remedy));
    }
}
