package dev.changeover.harness.gate;

import dev.changeover.harness.scenario.Metric;
import java.util.Locale;

/// Numbers as sentences quote them.
final class Values {

    private Values() {}

    static String of(Metric metric, double value) {
        return switch (metric.unit()) {
            case MILLIS -> millis(value);
            case SHARE -> percent(value);
            case REQUESTS -> Long.toString(Math.round(value));
            case PER_SECOND -> String.format(Locale.ROOT, "%.2f requests/s", value);
            case RATIO -> String.format(Locale.ROOT, "%.3f", value);
            case MONEY -> String.format(Locale.ROOT, "%.3g", value);
        };
    }

    static String millis(double value) {
        if (value < 1_000) {
            return number(value, value >= 100 ? 0 : 1) + " ms";
        }
        return number(value / 1e3, value >= 10_000 ? 1 : 2) + " s";
    }

    /// Of a time that is told to a tenth of a second.
    static String seconds(double millis) {
        return number(millis / 1e3, 1) + " s";
    }

    static String percent(double share) {
        double hundredfold = share * 100;
        return number(hundredfold, Math.abs(hundredfold) < 0.1 ? 3 : 1) + " %";
    }

    /// Without zeros behind the point: `100`, `8.75`.
    private static String number(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
