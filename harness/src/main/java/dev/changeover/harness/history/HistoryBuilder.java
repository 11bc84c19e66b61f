package dev.changeover.harness.history;

import dev.changeover.harness.wire.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Sorts events into a [History] as they come.
final class HistoryBuilder {

    private static final Comparator<Event.Request> BY_NUMBER_AND_ARM = Comparator.comparingLong(
                    (Event.Request request) -> request.id().number())
            .thenComparingInt(request -> request.arm().map(Enum::ordinal).orElse(-1));

    private Optional<Event.RunStarted> started = Optional.empty();
    private Optional<Event.RunEnded> ended = Optional.empty();
    private final List<Event.Request> requests = new ArrayList<>();
    private final List<Event.UpstreamCall> ledger = new ArrayList<>();
    private final List<Event.Attempt> attempts = new ArrayList<>();
    private final List<Event.Connection> connections = new ArrayList<>();
    private final List<Event.Fault> faults = new ArrayList<>();
    private final List<Event.Transition> transitions = new ArrayList<>();
    private final List<Event.Probe> probes = new ArrayList<>();
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
        requests.sort(BY_NUMBER_AND_ARM);
        return new History(
                started.orElseThrow(() -> new IllegalArgumentException("the history has no run_started event")),
                requests,
                ledger,
                attempts,
                connections,
                faults,
                transitions,
                probes,
                vitals,
                warnings,
                ended,
                tornRecords);
    }
}
