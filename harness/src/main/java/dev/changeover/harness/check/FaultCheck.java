package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.Selection;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.toxics.catalog.FaultEffect;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What each fault did, and how the system came through it.
final class FaultCheck {

    /// How much of a provider's former share of traffic must be back for it to count as back.
    private static final double BACK = 0.9;

    private final Scenario scenario;
    private final History history;
    private final FaultTimes faults;
    private final Join join;
    private final List<Event.Request> byDue;
    private final long endNanos;
    private final Shares shares;

    FaultCheck(Scenario scenario, History history, FaultTimes faults, Join join) {
        this.scenario = scenario;
        this.history = history;
        this.faults = faults;
        this.join = join;
        this.byDue = Selection.by(history.requests(), r -> r.timing().dueNanos());
        this.endNanos = RunSpan.nanos(history);
        this.shares = new Shares(scenario, history);
    }

    List<FaultSummary> summaries() {
        return faults.windows().stream().map(this::summary).toList();
    }

    private FaultSummary summary(FaultTimes.Window fault) {
        Recovery recovery = recovery(fault);
        Optional<OptionalDouble> failback = failback(fault);
        return new FaultSummary(
                fault.fault(),
                fault.on().word(),
                fault.inForceNanos() / 1e6,
                fault.goneNanos().isPresent()
                        ? OptionalDouble.of(fault.goneNanos().getAsLong() / 1e6)
                        : OptionalDouble.empty(),
                detection(fault),
                recovery.millis(),
                recovery.known(),
                failback.orElse(OptionalDouble.empty()),
                failback.isPresent(),
                byDue.stream()
                        .filter(r ->
                                fault.overlaps(r.timing().dueNanos(), r.timing().doneNanos()))
                        .filter(r -> r.outcome() instanceof Outcome.Failed(var kind) && kind.mayBeBilled())
                        .count(),
                amplification(fault),
                requestsHit(fault));
    }

    private boolean direct() {
        return scenario.gateway() instanceof Gateway.None;
    }

    private Recovery recovery(FaultTimes.Window fault) {
        if (direct() || scenario.objectives().errorRate().isEmpty()) {
            return Recovery.UNKNOWN;
        }
        long until = until(fault);
        DueWindows windows = new DueWindows(fault.inForceNanos());
        for (int i = firstDue(fault.inForceNanos()); i < byDue.size(); i++) {
            Event.Request request = byDue.get(i);
            long due = request.timing().dueNanos();
            if (due >= until) {
                break;
            }
            if (answerable(request.outcome()) && !spoiltLater(request, until)) {
                windows.add(due, !Counts.withinObjectives(request, scenario.objectives()));
            }
        }
        return Recovery.of(
                windows.until(until),
                fault.inForceNanos(),
                scenario.objectives().errorRate().get().value());
    }

    /// The next fault, or the end: from then on nothing speaks of this one alone.
    private long until(FaultTimes.Window fault) {
        return faults.windows().stream()
                .mapToLong(FaultTimes.Window::inForceNanos)
                .filter(other -> other > fault.inForceNanos())
                .min()
                .orElse(Math.max(endNanos, fault.inForceNanos()));
    }

    /// Whether it was still on its way, and in time, when what comes next struck: then that is what it tells of.
    private boolean spoiltLater(Event.Request request, long until) {
        long latest = scenario.objectives().latency().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        return until < endNanos
                && request.timing().doneNanos() >= until
                && until - request.timing().dueNanos() <= latest;
    }

    private static boolean answerable(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Served _ -> true;
            case Outcome.Cancelled _ -> false;
            case Outcome.Failed(var kind) -> kind != ErrorKind.BAD_REQUEST;
        };
    }

    /// In force -> first call to another provider for a request that was due later, before another fault.
    /// Nothing for a provider that answered none of the requests before: others were called anyway.
    private OptionalDouble detection(FaultTimes.Window fault) {
        OptionalDouble before = shareBefore(fault);
        if (direct() || before.isPresent() && before.getAsDouble() == 0) {
            return OptionalDouble.empty();
        }
        long until = until(fault);
        long first = Long.MAX_VALUE;
        for (Event.Attempt attempt : history.attempts()) {
            if (attempt.arm() != fault.on()
                    && attempt.startedNanos() < first
                    && dueOf(attempt.id()) >= fault.inForceNanos()) {
                first = attempt.startedNanos();
            }
        }
        for (int i = 0; i < join.size(); i++) {
            if (join.request(i).timing().dueNanos() >= fault.inForceNanos()) {
                for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
                    Event.UpstreamCall call = join.call(i, ordinal);
                    if (call.arm() != fault.on()) {
                        first = Math.min(first, call.timing().dueNanos());
                    }
                }
            }
        }
        return first >= until ? OptionalDouble.empty() : OptionalDouble.of((first - fault.inForceNanos()) / 1e6);
    }

    /// Gone -> the first window in which the provider answers about as large a share as before the fault; empty
    /// when it had none before or nobody can tell.
    private Optional<OptionalDouble> failback(FaultTimes.Window fault) {
        OptionalLong gone = fault.goneNanos();
        double before = direct() ? 0 : shareBefore(fault).orElse(0);
        if (gone.isEmpty() || before == 0) {
            return Optional.empty();
        }
        DueWindows windows = new DueWindows(gone.getAsLong());
        for (int i : joinByDue()) {
            Event.Request request = join.request(i);
            if (request.timing().dueNanos() >= gone.getAsLong() && !fromCache(i)) {
                windows.add(request.timing().dueNanos(), answeredBy(i, fault.on()));
            }
        }
        List<DueWindows.Window> after = windows.until(Math.max(endNanos, gone.getAsLong()));
        return after.isEmpty()
                ? Optional.empty()
                : Optional.of(after.stream()
                        .filter(window ->
                                window.hits() >= BACK * before * planned(fault, window.fromNanos()) * window.requests())
                        .mapToDouble(window -> (window.fromNanos() - gone.getAsLong()) / 1e6)
                        .findFirst());
    }

    /// What is left of the provider's share by the rollout's plan, where that went on meanwhile: 1 or less.
    private double planned(FaultTimes.Window fault, long nanos) {
        double then = planned(fault.on(), fault.inForceNanos() - 1);
        return then == 0 ? 1 : Math.min(1, planned(fault.on(), nanos) / then);
    }

    private double planned(Arm arm, long nanos) {
        double toNew = shares.at(nanos);
        return arm == Arm.NEW ? toNew : 1 - toNew;
    }

    /// Of the requests due before it, at the weight then in force, how many the provider answered; empty when none
    /// was due.
    private OptionalDouble shareBefore(FaultTimes.Window fault) {
        long requests = 0;
        long answered = 0;
        long since = shares.sinceNanos(fault.inForceNanos());
        for (int i = 0; i < join.size(); i++) {
            long due = join.request(i).timing().dueNanos();
            if (due >= since && due < fault.inForceNanos() && !faults.hold(due) && !fromCache(i)) {
                requests++;
                answered += answeredBy(i, fault.on()) ? 1 : 0;
            }
        }
        return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) answered / requests);
    }

    /// Whether no provider was asked: what a gateway knew already says nothing of them.
    private boolean fromCache(int i) {
        return join.request(i).outcome().isServed() && join.callCount(i) == 0;
    }

    private boolean answeredBy(int i, Arm arm) {
        int delivered = join.deliveredCall(i);
        return delivered >= 0 && join.call(i, delivered).arm() == arm;
    }

    private int[] joinByDue() {
        return Order.by(join.size(), i -> join.request(i).timing().dueNanos());
    }

    private OptionalDouble amplification(FaultTimes.Window fault) {
        if (direct() || history.attempts().isEmpty()) {
            return OptionalDouble.empty();
        }
        long requests =
                byDue.stream().filter(r -> fault.holds(r.timing().dueNanos())).count();
        long attempts = history.attempts().stream()
                .filter(a -> a.id().purpose() == Purpose.REQUEST && fault.holds(dueOf(a.id())))
                .count();
        return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) attempts / requests);
    }

    private int firstDue(long nanos) {
        int low = 0;
        int high = byDue.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byDue.get(middle).timing().dueNanos() < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// When the request was due; long ago for an id that no request has.
    private long dueOf(CallId id) {
        int at = id.purpose() == Purpose.REQUEST ? join.find(id.number()) : -1;
        return at < 0 ? Long.MIN_VALUE : join.request(at).timing().dueNanos();
    }

    /// Requests that met the fault: by the ledger for faults at the level of HTTP; for those at the
    /// level of TCP, by who called the provider meanwhile, if the proxy's own counters say that the
    /// fault touched anything.
    private long requestsHit(FaultTimes.Window fault) {
        BitSet hit = new BitSet(join.size());
        for (int i = 0; i < join.size(); i++) {
            for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
                Event.UpstreamCall call = join.call(i, ordinal);
                if (call.arm() == fault.on()
                        && call.fault().isPresent()
                        && call.fault().get().equals(fault.fault())
                        && fault.overlaps(
                                call.timing().dueNanos(), call.timing().doneNanos())) {
                    hit.set(i);
                }
            }
        }
        if (touched(fault)) {
            if (!direct() && history.attempts().isEmpty()) {
                hitUnseen(fault, hit);
            }
            for (Event.Attempt attempt : history.attempts()) {
                if (attempt.arm() == fault.on() && fault.overlaps(attempt.startedNanos(), attempt.endedNanos())) {
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
                        && fault.overlaps(
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
        boolean hadAll = shareBefore(fault).orElse(0) >= BACK;
        for (int i = 0; i < join.size(); i++) {
            Event.Timing timing = join.request(i).timing();
            if (!fault.overlaps(timing.sentNanos(), timing.doneNanos())) {
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
        return !effect.toxics().isEmpty()
                && history.connections().stream()
                        .filter(connection -> connection.arm() == fault.on())
                        .anyMatch(connection -> connection.touched().entrySet().stream()
                                .anyMatch(e -> e.getValue() > 0 && ToxicNames.belongs(e.getKey(), fault.index())));
    }
}
