package dev.changeover.harness.history;

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
        Change change,
        GatewayLife gateway,
        List<Event.Vitals> vitals,
        List<Event.Warning> warnings,
        Optional<Event.RunEnded> ended,
        int tornRecords) {

    /// From t0 to the end of the timeline; where that was not known before, to the end of the run.
    public long spanNanos() {
        return started.spanNanos() > 0 || ended.isEmpty()
                ? started.spanNanos()
                : Math.max(0, ended.get().atNanos());
    }

    /// Sorts events into a history.
    ///
    /// @throws IllegalArgumentException when the first event is not `RunStarted`
    public static History of(Iterable<Event> events, int tornRecords) {
        HistoryBuilder builder = new HistoryBuilder();
        events.forEach(builder::add);
        return builder.build(tornRecords);
    }
}
