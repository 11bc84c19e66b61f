package dev.changeover.benchmarks.toxiproxy;

import java.util.Locale;

/// A line of the table: what was measured, in which unit, and what each way came to.
///
/// @param added proxied figures are told as what they add to the direct one of the same round
/// @param format of a figure
record Line(String title, String format, boolean added, Rounds rounds) {

    static final String DIRECT = "direct";
    static final String AGAIN = "direct again";
    static final String OURS = "embedded";
    static final String REAL = "real server";

    static Line plain(String title, String format) {
        return new Line(title, format, false, new Rounds());
    }

    /// What the server's process used of the processor, told after the figures of its measurement.
    static Line processor(String unit) {
        return plain("processor time of the server, us a " + unit, ".1f");
    }

    static Line added(String title, String format) {
        return new Line(title, format, true, new Rounds());
    }

    String row() {
        Rounds.Summary ours = proxied(OURS);
        Rounds.Summary real = proxied(REAL);
        String ratio = ours.there() && real.there() && real.median() != 0
                ? String.format(Locale.ROOT, "%.2f", ours.median() / real.median())
                : "";
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(title, text(rounds.of(DIRECT)), text(proxied(AGAIN)), text(ours), text(real), ratio);
    }

    private Rounds.Summary proxied(String way) {
        return added ? rounds.added(way, DIRECT) : rounds.of(way);
    }

    private String text(Rounds.Summary s) {
        return s.there()
                ? String.format(
                        Locale.ROOT,
                        "%1$s (%2$s to %3$s)".replaceAll("\\$s", "\\$" + format),
                        s.median(),
                        s.min(),
                        s.max())
                : "";
    }
}
