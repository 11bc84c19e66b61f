package dev.changeover.reports.render;

import dev.changeover.harness.check.FaultSummary;

/// A line of the fault table, in words.
record FaultRow(
        String fault,
        String on,
        String inForce,
        String hit,
        String detected,
        String recovered,
        String failedBack,
        String lost,
        String amplification) {

    static FaultRow of(FaultSummary fault) {
        return new FaultRow(
                fault.fault(),
                fault.on(),
                Figures.millis(fault.fromMillis()) + " to "
                        + (fault.toMillis().isPresent()
                                ? Figures.millis(fault.toMillis().getAsDouble())
                                : "the end")
                        + (fault.turns().size() > 1
                                ? ", in " + Figures.count(fault.turns().size()) + " turns"
                                : ""),
                (fault.hitAtMost() ? "at most " : "") + Figures.count(fault.requestsHit()),
                Figures.optional(fault.mttdMillis(), Figures::millis),
                recovered(fault),
                failedBack(fault),
                Figures.count(fault.lost()),
                Figures.optional(fault.retryAmplification(), v -> Figures.decimal(v, 2)));
    }

    private static String failedBack(FaultSummary fault) {
        if (!fault.failbackKnown()) {
            return Figures.NONE;
        }
        return fault.failbackMillis().isEmpty()
                ? "never"
                : fault.failbackMillis().getAsDouble() == 0
                        ? "at once"
                        : Figures.millis(fault.failbackMillis().getAsDouble());
    }

    private static String recovered(FaultSummary fault) {
        if (!fault.rtoKnown()) {
            return "not known";
        }
        if (fault.rtoMillis().isEmpty()) {
            return "never";
        }
        double millis = fault.rtoMillis().getAsDouble();
        return millis == 0 ? "never degraded" : Figures.millis(millis);
    }
}
