package dev.changeover.harness.history;

import dev.changeover.harness.wire.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sorts events into a [History] as they come.
final class HistoryBuilder {

    private Optional<Event.RunStarted> started = Optional.empty();
    private Optional<Event.RunEnded> ended = Optional.empty();
    private final List<Event.Request> requests = new RequestTable();
    private final List<Event.UpstreamCall> ledger = new LedgerTable();
    private final List<Event.Attempt> attempts = new AttemptTable();
    private final List<Event.Connection> connections = new ArrayList<>();
    private final List<Event.Fault> faults = new ArrayList<>();
    private final List<Event.Transition> transitions = new ArrayList<>();
    private final List<Event.Probe> probes = new ArrayList<>();
    private final List<Event.Weight> weights = new ArrayList<>();
    private final List<Event.Evidence> evidence = new ArrayList<>();
    private final List<Event.PhaseEnd> phaseEnds = new ArrayList<>();
    private final List<Event.Rollback> rollback = new ArrayList<>();
    private final List<Event.GatewayHealth> gatewayHealth = new ArrayList<>();
    private final List<Event.Scrape> scrapes = new ArrayList<>();
    private final List<Event.Configuration> configuration = new ArrayList<>();
    private final List<Event.GatewayProcess> process = new ArrayList<>();
    private final List<Event.Vitals> vitals = new ArrayList<>();
    private final List<Event.Warning> warnings = new ArrayList<>();

    void add(Event event) {
        switch (event) {
            case Event.RunStarted e -> started = Optional.of(e);
            case Event.Request e -> addRequest(e);
            case Event.UpstreamCall e -> ledger.add(e);
            case Event.Attempt e -> attempts.add(e);
            case Event.Connection e -> connections.add(e);
            case Event.Fault e -> faults.add(e);
            case Event.Transition e -> transitions.add(e);
            case Event.Probe e -> probes.add(e);
            case Event.Weight e -> weights.add(e);
            case Event.Evidence e -> evidence.add(e);
            case Event.PhaseEnd e -> phaseEnds.add(e);
            case Event.Rollback e -> rollback.add(e);
            case Event.GatewayHealth e -> gatewayHealth.add(e);
            case Event.Scrape e -> scrapes.add(e);
            case Event.Configuration e -> configuration.add(e);
            case Event.GatewayProcess e -> process.add(e);
            case Event.Vitals e -> vitals.add(e);
            case Event.Warning e -> warnings.add(e);
            case Event.RunEnded e -> ended = Optional.of(e);
        }
    }

    private void addRequest(Event.Request request) {
        if (request.id().purpose() == Purpose.REQUEST) {
            requests.add(request);
        }
    }

    History build(int tornRecords) {
        return new History(
                started.orElseThrow(() -> new IllegalArgumentException("the history has no run_started event")),
                Selection.by(requests, HistoryBuilder::numberAndArm),
                ledger,
                attempts,
                connections,
                faults,
                transitions,
                probes,
                new Change(weights, evidence, phaseEnds, rollback),
                new GatewayLife(gatewayHealth, scrapes, configuration, process),
                vitals,
                warnings,
                ended,
                tornRecords);
    }

    /// Numbers have at most 18 digits.
    private static long numberAndArm(Event.Request request) {
        return request.id().number() * 4
                + request.arm().map(arm -> arm.ordinal() + 1).orElse(0);
    }
}
