package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Faults that are over before what should notice them has looked.
final class FaultTimers {

    private FaultTimers() {}

    static List<String> of(Scenario scenario) {
        List<String> warnings = new ArrayList<>();
        double speed = scenario.traffic().speed();
        if (speed != 1) {
            warnings.add("speed %sx multiplies the load by %s".formatted(plain(speed), plain(speed)));
        }
        for (FaultWindow fault : scenario.faults()) {
            Duration wall = Duration.ofMillis(Math.round(fault.length().toMillis() / speed));
            if (scenario.gateway() instanceof Gateway.Reference gateway) {
                gateway.breaker()
                        .ifPresent(
                                breaker -> shorter(fault, wall, "the breaker's open time", breaker.open(), warnings));
                gateway.health()
                        .ifPresent(
                                health -> shorter(fault, wall, "the health check's period", health.every(), warnings));
            }
            scenario.alerts()
                    .scrape()
                    .ifPresent(scrape -> shorter(fault, wall, "alerts.scrape.every", scrape.every(), warnings));
            for (Alerts.Rule rule : scenario.alerts().rules()) {
                String held = "the time for which alert %s waits before it fires".formatted(rule.name());
                shorter(fault, wall, held, rule.held(), warnings);
            }
        }
        return warnings;
    }

    private static void shorter(FaultWindow fault, Duration wall, String what, Duration period, List<String> warnings) {
        if (wall.compareTo(period) < 0) {
            warnings.add("%s lasts %s of wall time, less than %s (%s)"
                    .formatted(fault.fault(), Durations.write(wall), what, Durations.write(period)));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
