package dev.changeover.harness.trace;

import java.util.regex.Pattern;

/// Text of a recording as it may be shown to people.
public final class Quoted {

    private static final int LONGEST = 40;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    private static final Pattern FIGURES = Pattern.compile("[-+.:,/ \\dTZeE]*");

    private Quoted() {}

    /// Shortened, and [#printable].
    public static String of(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return "'%s'".formatted(printable(shown));
    }

    /// On one line, and without what would steer a terminal: control characters, and those that turn its direction.
    public static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    /// A text of figures as [#of] quotes it; of any other text only its length, since it may be somebody's prompt.
    public static String figures(String text) {
        String numerals = text.replace("NaN", "").replace("Infinity", "");
        return FIGURES.matcher(numerals).matches() ? of(text) : "%,d characters".formatted(text.length());
    }
}
