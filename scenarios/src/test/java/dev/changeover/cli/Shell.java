package dev.changeover.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// Runs a command in this process and keeps what it printed.
record Shell(int exitCode, String out, String err) {

    static Shell run(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Shell(exitCode, out.toString(), err.toString());
    }
}
