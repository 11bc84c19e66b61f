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
        return value >= 10_000
                ? String.format(Locale.ROOT, "%.1f s", value / 1e3)
                : String.format(Locale.ROOT, value >= 100 ? "%.0f ms" : "%.1f ms", value);
    }

    static String percent(double share) {
        double hundredfold = share * 100;
        return hundredfold != 0 && Math.abs(hundredfold) < 0.1
                ? String.format(Locale.ROOT, "%.3f %%", hundredfold)
                : String.format(Locale.ROOT, "%.1f %%", hundredfold);
    }
}
