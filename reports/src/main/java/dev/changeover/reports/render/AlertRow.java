package dev.changeover.reports.render;

import dev.changeover.harness.check.AlertSummary;
import dev.changeover.harness.scenario.Alerts;
import dev.changeover.harness.units.Durations;
import java.util.Locale;

/// A line of the table of alerts: a rule and a fault.
record AlertRow(String name, String rule, String fault, String fired, boolean silent, String why) {

    static AlertRow of(AlertSummary alert) {
        return new AlertRow(
                alert.rule().name(),
                rule(alert.rule()),
                alert.fault() + " on " + alert.on(),
                alert.afterMillis().isPresent()
                        ? "after " + Figures.millis(alert.afterMillis().getAsDouble())
                        : "did not fire",
                alert.afterMillis().isEmpty(),
                alert.why());
    }

    static Json json(AlertSummary alert) {
        return new Json()
                .put("rule", alert.rule().name())
                .put("signal", alert.rule().signal().name().toLowerCase(Locale.ROOT))
                .put("above", alert.rule().above(), 6)
                .put("window_ms", Durations.millis(alert.rule().window()), 3)
                .put("for_ms", Durations.millis(alert.rule().held()), 3)
                .put("fault", alert.fault())
                .put("on", alert.on())
                .put("fault_index", alert.index())
                .put("fired", alert.afterMillis().isPresent())
                .put("after_ms", alert.afterMillis(), 3)
                .put("why", alert.why());
    }

    private static String rule(Alerts.Rule rule) {
        String signal = switch (rule.signal()) {
            case LATENCY_P95 -> "p95 above " + Figures.withoutZeros(Figures.millis(rule.above()));
            case LATENCY_P99 -> "p99 above " + Figures.withoutZeros(Figures.millis(rule.above()));
            case ERROR_RATE -> "error rate above " + Figures.withoutZeros(Figures.share(rule.above()));
            case DOWN -> "down";
        };
        return rule.held().isZero() ? signal : signal + " for " + Durations.write(rule.held());
    }
}
