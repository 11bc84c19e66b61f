package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.toxics.backend.BackendChoice;
import dev.changeover.toxics.catalog.FaultEffect;
import java.util.BitSet;
import java.util.Optional;

/// How many requests met each fault: a fault that met none is no fault survived.
final class FaultHits {

    private final Scenario scenario;
    private final History history;
    private final Join join;
    private final ProviderShare share;

    FaultHits(Scenario scenario, History history, Join join, ProviderShare share) {
        this.scenario = scenario;
        this.history = history;
        this.join = join;
        this.share = share;
    }

    /// Requests that met the fault: by the ledger for faults at the level of HTTP; for those at the
    /// level of TCP, by who called the provider meanwhile, if the proxy's own counters say that the
    /// fault touched anything. A real Toxiproxy counts nothing: there, who called meanwhile is all there is.
    long requests(FaultTimes.Window fault) {
        BitSet hit = new BitSet(join.size());
        struck(fault, hit);
        if (touched(fault)) {
            tried(fault, hit);
            sentStraight(fault, hit);
            if (!tellsOfAttempts()) {
                hitUnseen(fault, hit);
            }
        }
        return hit.cardinality();
    }

    private void struck(FaultTimes.Window fault, BitSet hit) {
        for (int i = 0; i < join.size(); i++) {
            for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
                Event.UpstreamCall call = join.call(i, ordinal);
                if (call.arm() == fault.on()
                        && call.faults().stream().anyMatch(strike -> strike.isBy(fault.index(), fault.fault()))
                        && fault.meets(call.timing().dueNanos(), call.timing().doneNanos())) {
                    hit.set(i);
                }
            }
        }
    }

    private void tried(FaultTimes.Window fault, BitSet hit) {
        for (Event.Attempt attempt : history.attempts()) {
            if (attempt.arm() == fault.on() && fault.meets(attempt.startedNanos(), attempt.endedNanos())) {
                int at = attempt.id().purpose() == Purpose.REQUEST
                        ? join.find(attempt.id().number())
                        : -1;
                if (at >= 0) {
                    hit.set(at);
                }
            }
        }
    }

    /// By clients that chose the provider themselves.
    private void sentStraight(FaultTimes.Window fault, BitSet hit) {
        for (int i = 0; i < join.size(); i++) {
            Event.Request request = join.request(i);
            if (request.arm().isPresent()
                    && request.arm().get() == fault.on()
                    && fault.meets(
                            request.timing().sentNanos(), request.timing().doneNanos())) {
                hit.set(i);
            }
        }
    }

    /// Where a gateway tells no tries, calls that died on the way are seen by nobody: a request met the fault when
    /// a call for it reached the provider meanwhile, when it got no answer, or when it was taken elsewhere from
    /// a provider that had about all the traffic before.
    private void hitUnseen(FaultTimes.Window fault, BitSet hit) {
        boolean hadAll = share.before(fault).orElse(0) >= ProviderShare.BACK;
        for (int i = 0; i < join.size(); i++) {
            Event.Timing timing = join.request(i).timing();
            if (!fault.meets(timing.sentNanos(), timing.doneNanos())) {
                continue;
            }
            boolean here = false;
            for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
                here |= join.call(i, ordinal).arm() == fault.on();
            }
            boolean elsewhere = !here && join.callCount(i) > 0;
            if (here || !join.request(i).outcome().isServed() || hadAll && elsewhere) {
                hit.set(i);
            }
        }
    }

    /// Whether fewer requests may have met it: at the level of TCP, where it strikes a share of the connections, where
    /// the Toxiproxy does not tell what its toxics touched, or the gateway what it tried.
    boolean atMost(FaultTimes.Window fault) {
        return effect(fault).filter(this::isConcluded).isPresent();
    }

    private boolean isConcluded(FaultEffect effect) {
        boolean share = effect.toxics().stream().anyMatch(placed -> placed.toxicity() < 1);
        boolean untold = !effect.toxics().isEmpty() && !tellsOfConnections();
        boolean unseen = (effect.refused() || !effect.toxics().isEmpty()) && !tellsOfAttempts();
        return share || untold || unseen;
    }

    private boolean touched(FaultTimes.Window fault) {
        Optional<FaultEffect> effect = effect(fault);
        if (effect.isEmpty() || effect.get().refused()) {
            return effect.isPresent();
        }
        if (effect.get().toxics().isEmpty()) {
            return false;
        }
        return !tellsOfConnections()
                || history.connections().stream()
                        .filter(connection -> connection.arm() == fault.on())
                        .anyMatch(connection -> connection.touched().entrySet().stream()
                                .anyMatch(e -> e.getValue() > 0 && ToxicNames.belongs(e.getKey(), fault.index())));
    }

    private boolean tellsOfAttempts() {
        return scenario.gateway() instanceof Gateway.None || !history.attempts().isEmpty();
    }

    private boolean tellsOfConnections() {
        return scenario.toxiproxy() instanceof BackendChoice.Embedded;
    }

    /// Empty for a fault that the scenario does not have.
    private Optional<FaultEffect> effect(FaultTimes.Window fault) {
        return fault.index() < scenario.faults().size()
                ? Optional.of(scenario.faults().get(fault.index()).effect())
                : Optional.empty();
    }
}
