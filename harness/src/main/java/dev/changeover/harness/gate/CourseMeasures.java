package dev.changeover.harness.gate;

import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.Findings;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Measures the course of a run: what the gateway and its operators did, apart from how requests fared.
final class CourseMeasures {

    private final Findings findings;

    CourseMeasures(Findings findings) {
        this.findings = findings;
    }

    Measured of(Metric metric) {
        return switch (metric) {
            case FAILBACK_TIME -> failback();
            case IN_FLIGHT -> inFlight();
            default -> Measured.nothing("not measurable in this run");
        };
    }

    private Measured failback() {
        List<FaultSummary> faults = findings.faults();
        if (faults.isEmpty()) {
            return Measured.nothing("no fault was in force");
        }
        if (findings.observations().direct()) {
            return Measured.nothing("failback needs a gateway");
        }
        String method = "first window with nine tenths of the former share";
        Optional<FaultSummary> never =
                faults.stream().filter(f -> f.failbackMillis().isEmpty()).findFirst();
        if (never.isPresent()) {
            return Measured.beyond(
                    faults.size(),
                    method,
                    "after %s was gone, the %s provider never had its share of the traffic back"
                            .formatted(never.get().fault(), never.get().on()));
        }
        FaultSummary slowest = faults.stream()
                .max(Comparator.comparingDouble(f -> f.failbackMillis().orElseThrow()))
                .orElseThrow();
        double millis = slowest.failbackMillis().orElseThrow();
        return Measured.exact(
                millis,
                faults.size(),
                method,
                "the %s provider had its share back %s after %s was gone, the slowest of %d"
                        .formatted(slowest.on(), Values.millis(millis), slowest.fault(), faults.size()));
    }

    private Measured inFlight() {
        List<Event.Vitals> vitals = findings.observations().history().vitals();
        return vitals.stream()
                .max(Comparator.comparingInt(Event.Vitals::inFlight))
                .map(most -> Measured.exact(
                        most.inFlight(),
                        vitals.size(),
                        "counted every second",
                        "of %d seconds, the fullest was at %.1f s with %d requests in flight"
                                .formatted(vitals.size(), most.atNanos() / 1e9, most.inFlight())))
                .orElse(Measured.nothing("nobody counted the requests in flight"));
    }
}
