package dev.changeover.harness.gate;

import dev.changeover.harness.check.AlertSummary;
import dev.changeover.harness.check.AnswerSummary;
import dev.changeover.harness.check.Course;
import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.Findings;
import dev.changeover.harness.check.GatewayFinding;
import dev.changeover.harness.check.HopSummary;
import dev.changeover.harness.history.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Measures the course of a run: what the gateway and its operators did, apart from how requests fared.
final class CourseMeasures {

    private final Findings findings;
    private final Course course;

    CourseMeasures(Findings findings) {
        this.findings = findings;
        this.course = findings.course();
    }

    Measured failback() {
        List<FaultSummary> faults = findings.faults();
        if (faults.isEmpty()) {
            return Measured.nothing("no fault was in force");
        }
        if (findings.observations().direct()) {
            return Measured.nothing("failback needs a gateway");
        }
        String method = "first window with nine tenths of the former share";
        Optional<FaultSummary> never = faults.stream()
                .filter(f -> f.failbackKnown() && f.failbackMillis().isEmpty())
                .findFirst();
        if (never.isPresent()) {
            return Measured.beyond(
                    faults.size(),
                    method,
                    "after %s was gone, the %s provider never had its share of the traffic back"
                            .formatted(never.get().fault(), never.get().on()));
        }
        if (faults.stream().anyMatch(f -> !f.failbackKnown())) {
            return Measured.nothing("it takes a fault that goes, a provider that answered something before it, and"
                    + " a window of at least 50 requests and 1 s after it");
        }
        FaultSummary slowest = faults.stream()
                .max(Comparator.comparingDouble(f -> f.failbackMillis().orElseThrow()))
                .orElseThrow();
        double millis = slowest.failbackMillis().orElseThrow();
        return Measured.exact(
                millis,
                faults.size(),
                method,
                "the %s provider had its share back %s after %s was gone%s"
                        .formatted(
                                slowest.on(),
                                Values.millis(millis),
                                slowest.fault(),
                                LimitGate.slowestOf(faults.size())));
    }

    Measured misanswered() {
        AnswerSummary answers = course.answers();
        if (!answers.known()) {
            return Measured.nothing("the history does not hold what was asked");
        }
        if (answers.looked() == 0) {
            return Measured.nothing("nothing was answered");
        }
        return Measured.exact(
                answers.misanswered(),
                answers.looked(),
                "client side and ledger joined",
                "of %d answers, %d came from no provider and from no earlier answer to the same question%s"
                        .formatted(answers.looked(), answers.misanswered(), also("; the first: ", answers.first())));
    }

    Measured hops() {
        HopSummary hops = course.hops();
        if (findings.observations().direct()) {
            return Measured.nothing("conversations can only hop behind a gateway");
        }
        if (hops.conversations() == 0) {
            return Measured.nothing("no conversation had two requests that are known to have reached a provider");
        }
        return Measured.exact(
                hops.hopped(),
                hops.conversations(),
                "counted",
                "of %d conversations with two requests or more, %d hopped between the providers%s%s"
                        .formatted(
                                hops.conversations(),
                                hops.hopped(),
                                also("; the first: ", hops.first()),
                                also("; the worst: ", hops.worst())));
    }

    Measured falseGreen() {
        GatewayFinding gateway = course.gateway();
        if (gateway.healthLooks() == 0) {
            return Measured.nothing("nobody looked at the gateway's health page");
        }
        if (gateway.failingSeconds() == 0) {
            return Measured.notNeeded(
                    "in %d looks at the health page, there was nothing for it to be wrong about: no second in which"
                                    .formatted(gateway.healthLooks())
                            + " at least half of the requests that ended failed");
        }
        return Measured.exact(
                (double) gateway.greenSeconds() / gateway.failingSeconds(),
                gateway.failingSeconds(),
                "counted by the second",
                "of %d seconds in which at least half of the requests failed, the health page was green in %d%s"
                        .formatted(
                                gateway.failingSeconds(),
                                gateway.greenSeconds(),
                                gateway.firstGreenMillis().isEmpty()
                                        ? ""
                                        : "; the first at "
                                                + Reasons.seconds(gateway.firstGreenMillis()
                                                        .getAsDouble())));
    }

    Measured alertDelay() {
        if (course.alerts().isEmpty()) {
            return Measured.nothing(
                    findings.faults().isEmpty() ? "no fault was in force" : "the scenario has no alert rules");
        }
        TreeMap<Integer, List<AlertSummary>> byFault = course.alerts().stream()
                .collect(Collectors.groupingBy(AlertSummary::index, TreeMap::new, Collectors.toList()));
        String method = "alert rules evaluated over the history";
        Optional<AlertSummary> slowest = Optional.empty();
        for (List<AlertSummary> rules : byFault.values()) {
            Optional<AlertSummary> first = rules.stream()
                    .filter(alert -> alert.afterMillis().isPresent())
                    .min(CourseMeasures.byDelay());
            if (first.isEmpty()) {
                AlertSummary silent = rules.getFirst();
                return Measured.beyond(
                        byFault.size(),
                        method,
                        "no alert fired for %s on %s: %s"
                                .formatted(
                                        silent.fault(),
                                        silent.on(),
                                        rules.stream()
                                                .map(alert -> "%s (%s)"
                                                        .formatted(alert.rule().name(), alert.why()))
                                                .collect(Collectors.joining(", "))));
            }
            slowest = slowest.isEmpty() || byDelay().compare(first.get(), slowest.get()) > 0 ? first : slowest;
        }
        AlertSummary alert = slowest.orElseThrow();
        double millis = alert.afterMillis().orElseThrow();
        return Measured.exact(
                millis,
                byFault.size(),
                method,
                "alert %s fired %s after %s on %s came (%s)%s"
                        .formatted(
                                alert.rule().name(),
                                Values.millis(millis),
                                alert.fault(),
                                alert.on(),
                                alert.why(),
                                LimitGate.slowestOf(byFault.size())));
    }

    private static Comparator<AlertSummary> byDelay() {
        return Comparator.comparingDouble(alert -> alert.afterMillis().orElseThrow());
    }

    Measured inFlight() {
        List<Event.Vitals> vitals = findings.observations().history().vitals();
        return vitals.stream()
                .max(Comparator.comparingInt(Event.Vitals::inFlight))
                .map(most -> Measured.exact(
                        most.inFlight(),
                        vitals.size(),
                        "counted every second",
                        "of %d seconds, the fullest was at %s with %d requests in flight"
                                .formatted(vitals.size(), Reasons.seconds(most.atNanos() / 1e6), most.inFlight())))
                .orElse(Measured.nothing("nobody counted the requests in flight"));
    }

    private static String also(String before, String text) {
        return text.isEmpty() ? "" : before + text;
    }
}
