package dev.changeover.harness.check;

import dev.changeover.harness.check.RolloutSummary.Phase;
import dev.changeover.harness.check.RolloutSummary.PhaseCourse;
import dev.changeover.harness.check.RolloutSummary.Point;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.stats.Proportions;
import dev.changeover.harness.units.Arm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What became of each phase of a rollout, and whether the gateway did as told.
final class RolloutCheck {

    private final Rollout rollout;
    private final History history;
    private final Join join;
    private final Firsts firsts;
    private final Shares shares;
    private final Disturbances disturbances;
    private final FaultTimes faults;
    private final long endNanos;
    private final Map<String, Integer> firstOf = new HashMap<>();

    private RolloutCheck(
            Rollout rollout, Scenario scenario, History history, FaultTimes faults, Join join, Firsts firsts) {
        this.rollout = rollout;
        this.history = history;
        this.join = join;
        this.firsts = firsts;
        this.faults = faults;
        this.shares = new Shares(scenario, history);
        this.disturbances = new Disturbances(history);
        this.endNanos = RunSpan.nanos(history);
    }

    static Optional<RolloutSummary> of(
            Scenario scenario, History history, FaultTimes faults, Join join, Firsts firsts, HopSummary hops) {
        return scenario.rollout()
                .map(rollout ->
                        new RolloutCheck(rollout, scenario, history, faults, join, firsts).summary(scenario, hops));
    }

    private RolloutSummary summary(Scenario scenario, HopSummary hops) {
        if (rollout.sticky() == Rollout.Sticky.CONVERSATION) {
            for (int i : Order.by(join.size(), this::sent)) {
                firstOf.putIfAbsent(join.request(i).conversation(), i);
            }
        }
        List<Phase> phases = new ArrayList<>();
        for (int i = 0; i < rollout.weights().size(); i++) {
            phases.add(phase(i, rollout.weights().get(i).value()));
        }
        Optional<Event.Rollback> back = RollbackCheck.triggered(history);
        boolean planned = back.isPresent() && RollbackCheck.planned(scenario, back.get());
        return new RolloutSummary(
                phases,
                back.isPresent() || phases.stream().anyMatch(phase -> phase.course() == PhaseCourse.ROLLED_BACK),
                back.isPresent() && !planned
                        ? 0
                        : shares.at(back.map(b -> b.atNanos() - 1).orElse(Long.MAX_VALUE)),
                refused(),
                history.change().evidence().stream()
                        .map(seen -> new Point(
                                seen.atNanos() / 1e6,
                                seen.eValue(),
                                seen.oldSeen(),
                                seen.oldErrors(),
                                seen.newSeen(),
                                seen.newErrors()))
                        .toList(),
                hops);
    }

    private long sent(int i) {
        return join.request(i).timing().sentNanos();
    }

    private String refused() {
        List<Event.Weight> asked = history.change().weights().stream()
                .filter(w -> w.cause() == Event.WeightCause.ROLLOUT && w.step() != Event.WeightStep.ASKED)
                .toList();
        return asked.isEmpty() || asked.getLast().step() != Event.WeightStep.FAILED
                ? ""
                : asked.getLast().detail().isBlank()
                        ? "the gateway would not take it"
                        : asked.getLast().detail();
    }

    private Phase phase(int index, double weight) {
        OptionalLong from = history.change().weights().stream()
                .filter(w -> w.step() == Event.WeightStep.IN_FORCE
                        && w.cause() == Event.WeightCause.ROLLOUT
                        && Math.abs(w.toNew() - weight) < 1e-9)
                .mapToLong(Event.Weight::atNanos)
                .findFirst();
        Optional<Event.PhaseEnd> decision = history.change().phaseEnds().stream()
                .filter(end -> end.phase() == index)
                .reduce((_, last) -> last);
        if (from.isEmpty()) {
            return new Phase(
                    index,
                    weight,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    0,
                    0,
                    0,
                    OptionalDouble.empty(),
                    PhaseCourse.NOT_REACHED,
                    decision.map(Event.PhaseEnd::why).orElse(""),
                    OptionalDouble.empty());
        }
        long to = endOf(from.getAsLong());
        long requests = 0;
        long assigned = 0;
        long assignedNew = 0;
        for (int i = 0; i < join.size(); i++) {
            long sent = sent(i);
            if (sent < from.getAsLong() || sent >= to) {
                continue;
            }
            requests++;
            if (drawn(i) && firsts.of(i).isPresent()) {
                assigned++;
                assignedNew += firsts.of(i).get() == Arm.NEW ? 1 : 0;
            }
        }
        return new Phase(
                index,
                weight,
                OptionalDouble.of(from.getAsLong() / 1e6),
                OptionalDouble.of(to / 1e6),
                requests,
                assigned,
                assignedNew,
                assigned == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Proportions.asFarOutOfWeight(assignedNew, assigned, weight)),
                decision.map(RolloutCheck::course).orElse(PhaseCourse.UNDECIDED),
                decision.map(Event.PhaseEnd::why).orElse(""),
                decision.map(end -> OptionalDouble.of(end.eValue())).orElse(OptionalDouble.empty()));
    }

    /// Whether it was for chance to say where it goes: not while a provider was kept out.
    private boolean drawn(int i) {
        Event.Timing timing = join.request(i).timing();
        boolean anew = rollout.sticky() == Rollout.Sticky.REQUEST
                || firstOf.get(join.request(i).conversation()) == i;
        boolean unseen = !firsts.attempts() && faults.overlap(timing.sentNanos(), timing.doneNanos());
        return anew && !unseen && !disturbances.any(timing.sentNanos(), timing.sentNanos());
    }

    private long endOf(long fromNanos) {
        long next = history.change().weights().stream()
                .filter(w -> w.step() == Event.WeightStep.IN_FORCE)
                .mapToLong(Event.Weight::atNanos)
                .filter(at -> at > fromNanos)
                .min()
                .orElse(Long.MAX_VALUE);
        long back = RollbackCheck.triggered(history)
                .map(Event.Rollback::atNanos)
                .filter(at -> at > fromNanos)
                .orElse(Long.MAX_VALUE);
        return Math.min(Math.max(endNanos, fromNanos), Math.min(next, back));
    }

    private static PhaseCourse course(Event.PhaseEnd end) {
        return switch (end.decision()) {
            case PROMOTED -> PhaseCourse.PROMOTED;
            case HELD -> PhaseCourse.HELD;
            case ROLLED_BACK -> PhaseCourse.ROLLED_BACK;
        };
    }
}
