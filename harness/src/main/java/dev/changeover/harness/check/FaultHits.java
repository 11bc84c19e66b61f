package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.toxics.backend.BackendChoice;
import dev.changeover.toxics.catalog.FaultEffect;
import java.util.BitSet;

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
        if (touched(fault)) {
            if (!(scenario.gateway() instanceof Gateway.None)
                    && history.attempts().isEmpty()) {
                hitUnseen(fault, hit);
            }
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
        return hit.cardinality();
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

    private boolean touched(FaultTimes.Window fault) {
        if (fault.index() >= scenario.faults().size()) {
            return false;
        }
        FaultEffect effect = scenario.faults().get(fault.index()).effect();
        if (effect.refused()) {
            return true;
        }
        if (effect.toxics().isEmpty()) {
            return false;
        }
        return !(scenario.toxiproxy() instanceof BackendChoice.Embedded)
                || history.connections().stream()
                        .filter(connection -> connection.arm() == fault.on())
                        .anyMatch(connection -> connection.touched().entrySet().stream()
                                .anyMatch(e -> e.getValue() > 0 && ToxicNames.belongs(e.getKey(), fault.index())));
    }
}
