package dev.changeover.harness.rollout;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out which provider each request was first given to, and whether that one failed it. The
/// clients, the gateway and the taps write in no fixed order, so a request waits a moment for the
/// others' word.
final class Labels {

    /// How long the word of a tap or a gateway may come after the client's.
    static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();

    private record First(Arm arm, long atNanos, Outcome outcome) {}

    private record Waiting(Event.Request request, long untilNanos) {}

    private final boolean attempts;
    private final Map<Long, First> firsts = new Recent<>();
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

    /// @param attempts whether the gateway tells its own tries; else the ledger has to do
    Labels(boolean attempts) {
        this.attempts = attempts;
    }

    /// @return what is known now
    List<Labelled> accept(Event event, long now) {
        switch (event) {
            case Event.Request request
            when request.id().purpose() == Purpose.REQUEST -> {
                waiting.put(request.id().number(), new Waiting(request, now + PATIENCE_NANOS));
                return attempts ? labelled(request.id().number()) : List.of();
            }
            case Event.Attempt attempt
            when attempts && attempt.number() == 1 && attempt.id().purpose() == Purpose.REQUEST -> {
                long number = attempt.id().number();
                firsts.put(number, new First(attempt.arm(), attempt.startedNanos(), attempt.outcome()));
                return labelled(number);
            }
            case Event.UpstreamCall call
            when !attempts && isRequest(call) -> {
                First first = new First(call.arm(), call.timing().dueNanos(), call.outcome());
                firsts.merge(call.id().orElseThrow().number(), first, (a, b) -> b.atNanos() < a.atNanos() ? b : a);
                return List.of();
            }
            default -> {
                return List.of();
            }
        }
    }

    /// Those that have waited long enough.
    List<Labelled> settle(long now) {
        List<Labelled> settled = new ArrayList<>();
        Iterator<Map.Entry<Long, Waiting>> oldest = waiting.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Long, Waiting> next = oldest.next();
            if (next.getValue().untilNanos() > now) {
                break;
            }
            oldest.remove();
            settled.add(label(next.getValue().request(), firsts.remove(next.getKey())));
        }
        return settled;
    }

    private List<Labelled> labelled(long number) {
        if (!waiting.containsKey(number) || !firsts.containsKey(number)) {
            return List.of();
        }
        return List.of(label(waiting.remove(number).request(), firsts.remove(number)));
    }

    /// A call that the gateway gave up while its client was still waiting was failed by the provider.
    /// One that was answered to a client who got nothing of it is laid to the provider too: nobody else
    /// was asked.
    private static Labelled label(Event.Request request, First first) {
        boolean clientFailed = request.outcome() instanceof Outcome.Failed;
        if (first == null) {
            return new Labelled(request, Optional.empty(), clientFailed);
        }
        boolean failed = switch (first.outcome()) {
            case Outcome.Served _ -> clientFailed;
            case Outcome.Failed _ -> true;
            case Outcome.Cancelled _ -> !(request.outcome() instanceof Outcome.Cancelled);
        };
        return new Labelled(request, Optional.of(first.arm()), failed);
    }

    private static boolean isRequest(Event.UpstreamCall call) {
        return call.id().filter(id -> id.purpose() == Purpose.REQUEST).isPresent();
    }
}
