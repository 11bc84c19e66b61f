package dev.changeover.harness.trace;

/// Text of a recording as it may be shown to people.
public final class Quoted {

    private static final int LONGEST = 40;

    private Quoted() {}

    /// Shortened, and without control characters, which do not belong on a terminal.
    public static String of(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return "'%s'".formatted(shown.replaceAll("\\p{Cntrl}", "?"));
    }
}
