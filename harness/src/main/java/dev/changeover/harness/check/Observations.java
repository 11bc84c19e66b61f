package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.Selection;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A history laid out for judging: its sides, its faults, and client side and provider side joined.
///
/// In a run without a gateway, `old` and `new` are what the clients saw. With one, `gateway` is what
/// they saw, and `old` and `new` are what the taps saw outside fault windows.
public final class Observations {

    public static final String GATEWAY = "gateway";

    private final Scenario scenario;
    private final History history;
    private final FaultTimes faults;
    private final Join join;
    private final SortedMap<String, Side> sides = new TreeMap<>();

    public Observations(Scenario scenario, History history) {
        this.scenario = scenario;
        this.history = history;
        this.faults = FaultTimes.of(history.faults());
        this.join = Join.of(history);
        if (direct()) {
            for (Arm arm : Arm.values()) {
                addArm(
                        arm,
                        Selection.where(
                                history.requests(),
                                request -> request.arm().isPresent()
                                        && request.arm().get() == arm));
            }
        } else {
            add(GATEWAY, history.requests());
            for (Arm arm : Arm.values()) {
                addArm(arm, calmCalls(arm));
            }
        }
    }

    private List<Event.UpstreamCall> calmCalls(Arm arm) {
        return Selection.where(
                history.ledger(),
                call -> call.arm() == arm
                        && call.id().isPresent()
                        && call.id().get().purpose() == Purpose.REQUEST
                        && !faults.touch(call.timing()));
    }

    private void addArm(Arm arm, List<? extends Event.Exchange> rows) {
        if (scenario.providers().containsKey(arm)) {
            add(arm.word(), rows);
        }
    }

    private void add(String name, List<? extends Event.Exchange> rows) {
        Counts counts = Counts.of(rows, faults, scenario.objectives());
        sides.put(name, new Side(name, rows, scenario.traffic().patience(), counts, faults));
    }

    public Scenario scenario() {
        return scenario;
    }

    public History history() {
        return history;
    }

    /// Whether requests went straight to both providers.
    public boolean direct() {
        return scenario.gateway() instanceof Gateway.None;
    }

    public SortedMap<String, Side> sides() {
        return sides;
    }

    /// The sides as clients saw them.
    List<Side> clientSides() {
        return direct() ? List.copyOf(sides.values()) : List.of(sides.get(GATEWAY));
    }

    /// What limits are held against: what clients saw of the gateway, else of the new provider.
    public Optional<Side> judged() {
        return Optional.ofNullable(sides.get(direct() ? Arm.NEW.word() : GATEWAY));
    }

    /// The requests that went to both arms; none where a gateway chose.
    public Pairs pairs() {
        return Pairs.of(
                direct() ? history.requests() : List.of(), scenario.traffic().patience());
    }

    public double spanSeconds() {
        return RunSpan.nanos(history) / 1e9;
    }

    FaultTimes faults() {
        return faults;
    }

    Join join() {
        return join;
    }
}
