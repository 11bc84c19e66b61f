package dev.changeover.benchmarks.toxiproxy;

import dev.changeover.benchmarks.common.Rounds;
import java.util.Locale;

/// A line of the table: what was measured, in which unit, and what each way came to.
///
/// @param format of a figure
record Line(String title, String format, Telling telling, Rounds rounds) {

    static final String DIRECT = "direct";
    static final String AGAIN = "direct again";
    static final String OURS = "embedded";
    static final String REAL = "real server";

    /// What becomes of the figures.
    enum Telling {
        /// They are told as they are.
        PLAIN,
        /// The proxied ones are told as what they add to the direct one of the same round.
        ADDED,
        /// They are as good above zero as below, so that their ratio says nothing.
        SIGNED
    }

    static Line plain(String title, String format) {
        return new Line(title, format, Telling.PLAIN, new Rounds());
    }

    static Line added(String title, String format) {
        return new Line(title, format, Telling.ADDED, new Rounds());
    }

    static Line signed(String title, String format) {
        return new Line(title, format, Telling.SIGNED, new Rounds());
    }

    /// What the server's process used of the processor, told after the figures of its measurement.
    static Line processor(String unit) {
        return plain("processor time of the server, us a " + unit, ".1f");
    }

    static String head() {
        return "| | %s | %s | %s | %s | ratio |%n|---|---|---|---|---|---|".formatted(DIRECT, AGAIN, OURS, REAL);
    }

    String row() {
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        title,
                        text(rounds.of(DIRECT)),
                        text(proxied(AGAIN)),
                        text(proxied(OURS)),
                        text(proxied(REAL)),
                        ratio(proxied(OURS).median(), proxied(REAL).median()));
    }

    private Rounds.Summary proxied(String way) {
        return telling == Telling.ADDED ? rounds.added(way, DIRECT) : rounds.of(way);
    }

    private String ratio(double ours, double real) {
        return telling != Telling.SIGNED && ours > 0 && real > 0 ? number(".2f", ours / real) : "";
    }

    private String text(Rounds.Summary s) {
        return s.there()
                ? "%s (%s to %s)"
                        .formatted(number(format, s.median()), number(format, s.min()), number(format, s.max()))
                : "";
    }

    private static String number(String format, double number) {
        return String.format(Locale.ROOT, "%" + format, number);
    }
}
