package dev.changeover.harness.trace;

import java.nio.file.Path;

/// A trace that cannot be read or written: where, what is wrong, and what to do about it.
public class TraceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String file;
    private final long line;
    private final String what;
    private final String remedy;

    /// @param line from 1; 0 where it concerns the whole file
    public TraceException(Path file, long line, String what, String remedy) {
        this(file, line, what, remedy, null);
    }

    public TraceException(Path file, long line, String what, String remedy, Throwable cause) {
        super("%s: %s%n    %s".formatted(place(file.toString(), line), Quoted.printable(what), remedy), cause);
        this.file = file.toString();
        this.line = line;
        this.what = what;
        this.remedy = remedy;
    }

    public String file() {
        return file;
    }

    public long line() {
        return line;
    }

    /// The file, and the line where there is one: `chat.jsonl:4`.
    public String place() {
        return place(file, line);
    }

    public String what() {
        return what;
    }

    public String remedy() {
        return remedy;
    }

    private static String place(String file, long line) {
        String shown = Quoted.printable(file);
        return line == 0 ? shown : shown + ":" + line;
    }
}
