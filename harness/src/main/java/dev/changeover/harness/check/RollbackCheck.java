package dev.changeover.harness.check;

import dev.changeover.harness.check.RollbackSummary.Condition;
import dev.changeover.harness.check.RollbackSummary.Script;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.ConfigurationMoment;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// Whether a rollback did what it was for: when the traffic was back, and what was lost on the way.
final class RollbackCheck {

    /// How much earlier than planned a trigger may be and still be the planned one: timers are coarse.
    private static final long COARSE_NANOS = 50_000_000L;

    private final Scenario scenario;
    private final History history;
    private final Join join;
    private final Firsts firsts;
    private final Event.Rollback trigger;
    private final Optional<Rollback.Verify> verify;

    private RollbackCheck(Scenario scenario, History history, Join join, Firsts firsts, Event.Rollback trigger) {
        this.scenario = scenario;
        this.history = history;
        this.join = join;
        this.firsts = firsts;
        this.trigger = trigger;
        this.verify = scenario.rollback().flatMap(Rollback::verify);
    }

    static Optional<Event.Rollback> triggered(History history) {
        return history.change().rollback().stream()
                .filter(step -> step.step() == RollbackStep.TRIGGERED)
                .findFirst();
    }

    /// Whether it came when the scenario asked for it, and not before.
    static boolean planned(Scenario scenario, Event.Rollback trigger) {
        return scenario.rollback()
                .flatMap(Rollback::at)
                .filter(at -> trigger.atNanos() + COARSE_NANOS
                        >= at.toNanos() / scenario.traffic().speed())
                .isPresent();
    }

    static Optional<RollbackSummary> of(
            Scenario scenario, History history, FaultTimes faults, Join join, Firsts firsts) {
        return triggered(history)
                .map(trigger -> new RollbackCheck(scenario, history, join, firsts, trigger).summary(faults));
    }

    private RollbackSummary summary(FaultTimes faults) {
        Condition traffic = new TrafficBack(scenario, history, faults, join, firsts, trigger.atNanos()).condition();
        Condition health = health();
        List<String> differs = new ArrayList<>();
        Condition configuration = configuration(differs);
        RollbackSummary plain = new RollbackSummary(
                trigger.atNanos() / 1e6,
                trigger.detail(),
                planned(scenario, trigger),
                traffic,
                health,
                configuration,
                script(),
                Optional.empty(),
                stragglers(),
                streamsCut(),
                0,
                0,
                differs);
        long until = plain.completedMillis().isPresent()
                ? Math.round(plain.completedMillis().getAsDouble() * 1e6)
                : Long.MAX_VALUE;
        return new RollbackSummary(
                plain.triggeredMillis(),
                plain.by(),
                plain.planned(),
                traffic,
                health,
                configuration,
                plain.script(),
                plain.script().filter(s -> s.said().equals("succeeded")).flatMap(_ -> wasTrue(plain)),
                plain.stragglers(),
                plain.streamsCut(),
                lost(until),
                duplicated(until),
                differs);
    }

    private Optional<Boolean> wasTrue(RollbackSummary summary) {
        if (summary.conditions().stream().anyMatch(Condition::broken)) {
            return Optional.of(false);
        }
        if (summary.afterMillis().isEmpty()) {
            return Optional.empty();
        }
        double within = verify.map(v -> v.within().toNanos() / 1e6).orElse(Double.POSITIVE_INFINITY);
        return Optional.of(summary.afterMillis().getAsDouble() <= within);
    }

    private Condition health() {
        boolean asked = verify.map(Rollback.Verify::health).orElse(false);
        List<Event.GatewayHealth> looks = history.gateway().health().stream()
                .filter(look -> look.atNanos() >= trigger.atNanos())
                .toList();
        if (looks.isEmpty()) {
            return new Condition(asked, false, OptionalDouble.empty(), "nobody looked at the health page afterwards");
        }
        int green = looks.size();
        while (green > 0 && GatewayCheck.green(looks.get(green - 1))) {
            green--;
        }
        long red = looks.stream().filter(look -> !GatewayCheck.green(look)).count();
        String evidence = "of %d looks at the health page, %d found anything but 200".formatted(looks.size(), red);
        if (green == looks.size()) {
            return new Condition(asked, true, OptionalDouble.empty(), evidence + ", the last among them");
        }
        return new Condition(
                asked,
                true,
                OptionalDouble.of(green == 0 ? 0 : (looks.get(green).atNanos() - trigger.atNanos()) / 1e6),
                evidence);
    }

    private Condition configuration(List<String> differs) {
        boolean asked = verify.map(Rollback.Verify::configuration).orElse(false);
        Map<String, Event.Configuration> before = files(ConfigurationMoment.BEFORE);
        Map<String, Event.Configuration> after = files(ConfigurationMoment.ROLLED_BACK);
        if (before.isEmpty() || after.isEmpty()) {
            return new Condition(
                    asked,
                    false,
                    OptionalDouble.empty(),
                    before.isEmpty()
                            ? "the gateway has no configuration file to compare"
                            : "the run ended before the configuration could be compared");
        }
        before.forEach((file, was) -> {
            Event.Configuration is = after.get(file);
            if (is == null || !is.digest().equals(was.digest())) {
                differs.add(file);
            }
        });
        return differs.isEmpty()
                ? new Condition(
                        asked,
                        true,
                        OptionalDouble.of(after.values().stream()
                                                .mapToLong(Event.Configuration::atNanos)
                                                .max()
                                                .orElseThrow()
                                        / 1e6
                                - trigger.atNanos() / 1e6),
                        "%d configuration files are byte for byte what they were".formatted(before.size()))
                : new Condition(
                        asked,
                        true,
                        OptionalDouble.empty(),
                        "of %d configuration files, %d differ from what they were: %s"
                                .formatted(before.size(), differs.size(), String.join(", ", differs)));
    }

    private Map<String, Event.Configuration> files(ConfigurationMoment when) {
        Map<String, Event.Configuration> files = new TreeMap<>();
        history.gateway().configuration().stream()
                .filter(file -> file.when() == when)
                .forEach(file -> files.put(file.file(), file));
        return files;
    }

    private Optional<Script> script() {
        List<Event.Rollback> steps = history.change().rollback();
        return steps.stream()
                .filter(step -> switch (step.step()) {
                    case SCRIPT_STARTED, SCRIPT_SUCCEEDED, SCRIPT_FAILED, SCRIPT_HUNG -> true;
                    case TRIGGERED, WEIGHT_SET, WEIGHT_REFUSED -> false;
                })
                .reduce((_, last) -> last)
                .map(last -> switch (last.step()) {
                    case SCRIPT_SUCCEEDED -> script("succeeded", last);
                    case SCRIPT_FAILED -> script("failed", last);
                    case SCRIPT_HUNG -> script("hung", last);
                    case SCRIPT_STARTED, TRIGGERED, WEIGHT_SET, WEIGHT_REFUSED ->
                        new Script("", last.detail(), OptionalDouble.empty());
                });
    }

    private Script script(String said, Event.Rollback step) {
        return new Script(said, step.detail(), OptionalDouble.of((step.atNanos() - trigger.atNanos()) / 1e6));
    }

    private long stragglers() {
        long calls = 0;
        for (int i = 0; i < join.size(); i++) {
            if (join.request(i).timing().dueNanos() > trigger.atNanos()) {
                for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
                    calls += join.call(i, ordinal).arm() == Arm.NEW ? 1 : 0;
                }
            }
        }
        return calls;
    }

    private boolean inFlight(Event.Timing timing) {
        return timing.sentNanos() <= trigger.atNanos() && timing.doneNanos() > trigger.atNanos();
    }

    private long streamsCut() {
        return history.requests().stream()
                .filter(r -> r.stream() && inFlight(r.timing()))
                .filter(r -> r.outcome() instanceof Outcome.Failed)
                .count();
    }

    private boolean onTheWay(Event.Timing timing, long untilNanos) {
        return inFlight(timing) || timing.dueNanos() > trigger.atNanos() && timing.dueNanos() <= untilNanos;
    }

    private long lost(long untilNanos) {
        return history.requests().stream()
                .filter(r -> onTheWay(r.timing(), untilNanos))
                .filter(Event.Request::mayBeBilled)
                .count();
    }

    private long duplicated(long untilNanos) {
        long duplicated = 0;
        for (int i = 0; i < join.size(); i++) {
            if (onTheWay(join.request(i).timing(), untilNanos)) {
                int served = 0;
                for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
                    served += join.call(i, ordinal).outcome().isServed() ? 1 : 0;
                }
                duplicated += served > 1 ? 1 : 0;
            }
        }
        return duplicated;
    }
}
