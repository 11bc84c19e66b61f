package dev.changeover.reports.render;

import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.LedgerSummary;
import dev.changeover.harness.check.Validity;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.reports.render.HtmlReport.Fact;
import dev.changeover.toxics.backend.BackendChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The lists of facts at the end of the page.
final class LedgerFacts {

    private LedgerFacts() {}

    static List<Fact> ledger(LedgerSummary ledger) {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("calls that reached a provider", Figures.count(ledger.upstreamCalls())),
                new Fact("lost", Figures.count(ledger.lost())),
                new Fact("duplicated", Figures.count(ledger.duplicated())),
                new Fact("orphaned", Figures.count(ledger.orphaned())),
                new Fact("answered by another model", Figures.count(ledger.wrongModel())),
                new Fact("of unknown request", Figures.count(ledger.unattributed())),
                new Fact(
                        "calls per request",
                        Figures.optional(ledger.retryAmplification(), v -> Figures.decimal(v, 3)))));
        ledger.wastedCost().ifPresent(cost -> facts.add(new Fact("wasted", Figures.money(cost))));
        return facts;
    }

    static List<Fact> validity(Validity validity) {
        return List.of(
                new Fact(
                        "requests sent late, p50",
                        Figures.optional(validity.sendLateness().p50(), Figures::millis)),
                new Fact("p99", Figures.optional(validity.sendLateness().p99(), Figures::millis)),
                new Fact("worst", Figures.optional(validity.sendLateness().max(), Figures::millis)),
                new Fact("longest pause", Figures.millis(validity.longestPauseMillis())),
                new Fact("CPU of the harness, peak", Figures.share(validity.cpuProcessPeak())));
    }

    static List<Fact> environment(Judgement judgement, History history) {
        Event.RunStarted started = judgement.started();
        String evidence = started.evidence().entrySet().stream()
                .map(arm -> arm.getKey() + " " + arm.getValue())
                .collect(Collectors.joining(", "));
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("seed", Long.toString(judgement.scenario().seed())),
                new Fact("trace", started.trace()),
                new Fact("request bodies", started.generatedBodies() ? "generated from token counts" : "recorded"),
                new Fact("evidence", evidence),
                new Fact("toxiproxy", started.toxiproxy()),
                new Fact("started", started.startedAt()),
                new Fact("Changeover", started.version()),
                new Fact("Java", started.jdk()),
                new Fact("machine", started.machine() + ", " + started.cores() + " cores")));
        started.fitted().forEach((arm, fitted) -> facts.add(new Fact(arm + " is fitted to", Wording.fitted(fitted))));
        if (!(judgement.scenario().toxiproxy() instanceof BackendChoice.Embedded)
                && judgement.faults().stream().anyMatch(FaultSummary::hitAtMost)) {
            facts.add(new Fact(
                    "requests hit by faults in connections",
                    "those that called the provider meanwhile: this Toxiproxy tells of no connections"));
        }
        if (history.tornRecords() > 0) {
            facts.add(new Fact("history", history.tornRecords() + " torn records at its end were dropped"));
        }
        history.warnings().stream().limit(20).forEach(warning -> facts.add(new Fact("warning", warning.text())));
        return facts;
    }
}
