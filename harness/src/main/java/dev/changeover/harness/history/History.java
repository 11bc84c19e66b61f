package dev.changeover.harness.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that a run left behind, sorted by kind. Requests are without warm-up and probes, by number and then arm;
/// ledger rows, attempts and the rest are in the order they were written.
///
/// @param ended empty for a run that was killed
/// @param tornRecords records at the end of the file that were cut by a kill and dropped
public record History(
        Event.RunStarted started,
        List<Event.Request> requests,
        List<Event.UpstreamCall> ledger,
        List<Event.Attempt> attempts,
        List<Event.Connection> connections,
        List<Event.Fault> faults,
        List<Event.Transition> transitions,
        List<Event.Probe> probes,
        List<Event.Vitals> vitals,
        List<Event.Warning> warnings,
        Optional<Event.RunEnded> ended,
        int tornRecords) {

    /// Sorts events into a history.
    ///
    /// @throws IllegalArgumentException when the first event is not `RunStarted`
    public static History of(Iterable<Event> events, int tornRecords) {
        Builder builder = new Builder();
        events.forEach(builder::add);
        return builder.build(tornRecords);
    }

    private static final class Builder {
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
                case Event.Request e -> {
                    if (e.id().purpose() == dev.changeover.harness.wire.Purpose.REQUEST) {
                        requests.add(e);
                    }
                }
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

        History build(int tornRecords) {
            requests.sort(java.util.Comparator.comparingLong((Event.Request r) -> r.id().number())
                    .thenComparing(r -> r.arm().map(Enum::ordinal).orElse(-1)));
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
}
