package dev.changeover.harness.gate;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is to be known of the load that a verdict rests on, where it was not the recorded one as it was.
final class LoadSentences {

    private LoadSentences() {}

    /// To follow the verdict itself; empty for an open loop.
    static String closedLoop(Scenario scenario) {
        return switch (scenario.traffic().load()) {
            case Load.Open _ -> "";
            case Load.Closed(var callers) ->
                " The load followed the answers (a closed loop, %s): latencies hide waiting that an open loop would show."
                        .formatted(callers == 1 ? "1 caller" : String.format(Locale.ROOT, "%,d callers", callers));
        };
    }

    /// Without full stops.
    static List<String> of(Scenario scenario, History history) {
        List<String> sentences = new ArrayList<>();
        Event.RunStarted started = history.started();
        if (scenario.traffic().sample().value() < 1) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "a sample was replayed: %,d of the %,d requests in the window (traffic.sample)",
                    started.planned(),
                    started.arrived()));
        }
        if (scenario.traffic().load() instanceof Load.Closed
                && history.requests().size() < started.planned()) {
            long sent = history.requests().stream()
                    .mapToLong(request -> request.id().number())
                    .distinct()
                    .count();
            if (sent < started.planned()) {
                sentences.add(String.format(
                        Locale.ROOT,
                        "the callers came to %,d of the %,d requests that were there for them",
                        sent,
                        started.planned()));
            }
        }
        queued(history).ifPresent(sentences::add);
        return sentences;
    }

    private static Optional<String> queued(History history) {
        long waited = 0;
        long neverSent = 0;
        long longest = 0;
        for (Event.Request request : history.requests()) {
            if (request.timing().releasedNanos().isPresent()) {
                waited++;
                neverSent += request.timing().neverSent() ? 1 : 0;
                longest = Math.max(longest, request.timing().queuedNanos());
            }
        }
        return waited == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d of %,d requests waited in the caller's own queue, up to %.1f s, which their latencies"
                                + " count; %,d of them were given up there and never sent",
                        waited,
                        history.requests().size(),
                        longest / 1e9,
                        neverSent));
    }
}
