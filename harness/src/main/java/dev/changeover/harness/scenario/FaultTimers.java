package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Durations;
import dev.changeover.toxics.catalog.FaultEffect.Pulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            fault.effect().pulse().ifPresent(pulse -> turns(fault, wall, pulse, warnings));
            timers(scenario, new Lasting(fault, wall), warnings);
        }
        return warnings;
    }

    /// Faults that are to come and go, and have no time for it.
    private static void turns(FaultWindow fault, Duration wall, Pulse pulse, List<String> warnings) {
        if (wall.compareTo(pulse.on().plus(pulse.off())) <= 0) {
            String never = wall.compareTo(pulse.on()) <= 0
                    ? "never goes away meanwhile"
                    : "goes away once and never comes back";
            warnings.add("%s lasts %s of wall time and %s: its turns are %s there, %s away"
                    .formatted(
                            fault.fault(),
                            Durations.write(wall),
                            never,
                            Durations.write(pulse.on()),
                            Durations.write(pulse.off())));
        }
    }

    private static void timers(Scenario scenario, Lasting fault, List<String> warnings) {
        if (scenario.gateway() instanceof Gateway.Reference gateway) {
            gateway.breaker().ifPresent(breaker -> fault.warn("the breaker's open time", breaker.open(), warnings));
            gateway.health().ifPresent(health -> fault.warn("the health check's period", health.every(), warnings));
        }
        scenario.alerts().scrape().ifPresent(scrape -> fault.warn("alerts.scrape.every", scrape.every(), warnings));
        for (Alerts.Rule rule : scenario.alerts().rules()) {
            String held = "the time for which alert %s waits before it fires".formatted(rule.name());
            fault.warn(held, rule.held(), warnings);
        }
    }

    /// A fault and how long it is there on end.
    private record Lasting(FaultWindow fault, Duration wall) {

        void warn(String what, Duration period, List<String> warnings) {
            Optional<Duration> turn = fault.effect().pulse().map(Pulse::on).filter(on -> on.compareTo(wall) < 0);
            if (turn.orElse(wall).compareTo(period) < 0) {
                warnings.add("%s lasts %s of wall time%s, less than %s (%s)"
                        .formatted(
                                fault.fault(),
                                Durations.write(turn.orElse(wall)),
                                turn.isPresent() ? " at a time" : "",
                                what,
                                Durations.write(period)));
            }
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
