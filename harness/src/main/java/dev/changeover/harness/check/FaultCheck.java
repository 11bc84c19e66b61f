package dev.changeover.harness.check;

import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.wire.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What each fault did, and how the system came through it.
final class FaultCheck {

    private final Scenario scenario;
    private final History history;
    private final FaultTimes faults;
    private final Join join;
    private final Detection detection;
    private final FaultRecovery recovery;
    private final Failback failback;
    private final FaultHits hits;

    FaultCheck(Scenario scenario, History history, FaultTimes faults, Join join) {
        this.scenario = scenario;
        this.history = history;
        this.faults = faults;
        this.join = join;
        ProviderShare share = new ProviderShare(scenario, history, faults, join);
        this.detection = new Detection(history, faults, join, share);
        this.recovery = new FaultRecovery(scenario, history, faults);
        this.failback = new Failback(history, join, share);
        this.hits = new FaultHits(scenario, history, join, share);
    }

    List<FaultSummary> summaries() {
        return faults.windows().stream().map(this::summary).toList();
    }

    private FaultSummary summary(FaultTimes.Window fault) {
        boolean direct = scenario.gateway() instanceof Gateway.None;
        Recovery recovered = direct ? Recovery.UNKNOWN : recovery.from(fault);
        Optional<OptionalDouble> back = direct ? Optional.empty() : failback.after(fault);
        return new FaultSummary(
                fault.fault(),
                fault.on().word(),
                fault.turns().stream().map(FaultCheck::turn).toList(),
                millis(fault.goneNanos()),
                direct ? OptionalDouble.empty() : detection.millis(fault),
                recovered.millis(),
                recovered.known(),
                back.orElse(OptionalDouble.empty()),
                back.isPresent(),
                lost(fault),
                direct ? OptionalDouble.empty() : amplification(fault),
                hits.requests(fault),
                hits.atMost(fault));
    }

    private static FaultSummary.Turn turn(FaultTimes.Turn turn) {
        return new FaultSummary.Turn(turn.fromNanos() / 1e6, millis(turn.untilNanos()));
    }

    private static OptionalDouble millis(OptionalLong nanos) {
        return nanos.isPresent() ? OptionalDouble.of(nanos.getAsLong() / 1e6) : OptionalDouble.empty();
    }

    private long lost(FaultTimes.Window fault) {
        return history.requests().stream()
                .filter(r -> fault.overlaps(r.timing().dueNanos(), r.timing().doneNanos()))
                .filter(request -> request.mayBeBilled())
                .count();
    }

    private OptionalDouble amplification(FaultTimes.Window fault) {
        if (history.attempts().isEmpty()) {
            return OptionalDouble.empty();
        }
        long requests = history.requests().stream()
                .filter(r -> fault.holds(r.timing().dueNanos()) && !r.timing().neverSent())
                .count();
        long attempts = history.attempts().stream()
                .filter(a -> a.id().purpose() == Purpose.REQUEST && fault.holds(join.dueOf(a.id())))
                .count();
        return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) attempts / requests);
    }
}
