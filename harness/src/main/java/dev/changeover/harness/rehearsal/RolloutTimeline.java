package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.ConfigurationMoment;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.history.Event.WeightCause;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.rollout.Approval;
import dev.changeover.harness.rollout.Decision;
import dev.changeover.harness.rollout.RolloutMachine;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Carries out a scenario's rollout and rollback: what happens goes in, one thread decides, and another
/// does what was decided, so that a gateway or a script that takes its time holds nothing up.
final class RolloutTimeline implements EventSink, AutoCloseable {

    private static final long LOOK_MILLIS = 20;

    /// Something for the thread that decides.
    private interface Message {
        List<Decision> tell(RolloutMachine machine);
    }

    private final Optional<RolloutMachine> machine;
    private final OptionalLong backAtNanos;
    private final Approval approval;
    private final Ticker clock;
    private final EventSink events;
    private final Weigher weigher;
    private final WayBack wayBack;
    private final Configurations configurations;
    private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
    private final BlockingQueue<Background.Work> acts = new LinkedBlockingQueue<>();
    private final Background decider;
    private final Background actor;
    private volatile boolean back;

    /// @param log what a rollback script prints is kept there
    /// @param onFailure called when it cannot go on
    RolloutTimeline(
            Scenario scenario,
            Front front,
            Approval approval,
            Path log,
            Ticker clock,
            EventSink events,
            Consumer<Exception> onFailure) {
        this.machine = machineOf(scenario);
        this.backAtNanos = backAt(scenario);
        this.approval = approval;
        this.clock = clock;
        this.events = events;
        this.weigher = new Weigher(front, clock, events);
        this.configurations = new Configurations(front.configuration(), clock, events);
        Optional<Rollback.Script> script = scenario.rollback().flatMap(Rollback::script);
        this.wayBack = new WayBack(script, front, weigher, configurations, log, clock, events);
        this.decider = new Background("rollout", () -> guarded(this::decide, onFailure));
        this.actor = new Background("rollout-acts", () -> guarded(this::act, onFailure));
    }

    private static Optional<RolloutMachine> machineOf(Scenario scenario) {
        OptionalDouble objective = scenario.objectives().errorRate().stream()
                .mapToDouble(Share::value)
                .findFirst();
        return scenario.rollout()
                .map(rollout -> new RolloutMachine(
                        rollout,
                        scenario.traffic().speed(),
                        objective,
                        scenario.gateway() instanceof Gateway.Reference));
    }

    private static OptionalLong backAt(Scenario scenario) {
        return scenario.rollback().flatMap(Rollback::at).stream()
                .mapToLong(at -> (long) (at.toNanos() / scenario.traffic().speed()))
                .findFirst();
    }

    void start() {
        configurations.tell(ConfigurationMoment.BEFORE);
        decider.start();
        actor.start();
    }

    @Override
    public void accept(Event event) {
        boolean wanted = event instanceof Event.Request
                || event instanceof Event.Attempt
                || event instanceof Event.UpstreamCall
                || event instanceof Event.Transition;
        if (wanted && machine.isPresent()) {
            inbox.add(rollout -> rollout.accept(event, clock.nanos()));
        }
    }

    /// Stops where it is: a question is withdrawn, a script is killed, what is in force goes with the
    /// front.
    @Override
    public void close() {
        decider.close();
        approval.withdraw();
        actor.close();
        machine.ifPresent(rollout -> carryOut(rollout.close(clock.nanos())));
    }

    private void decide() throws InterruptedException {
        while (true) {
            Message message = inbox.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (machine.isPresent()) {
                RolloutMachine rollout = machine.get();
                if (message != null) {
                    carryOut(message.tell(rollout));
                }
                carryOut(rollout.tick(clock.nanos()));
            }
            goBackWhenItIsTime();
        }
    }

    private void goBackWhenItIsTime() {
        long now = clock.nanos();
        if (back || backAtNanos.isEmpty() || now < backAtNanos.getAsLong()) {
            return;
        }
        String why = "the plan, rollback.at %.1f s"
                .formatted(Duration.ofNanos(backAtNanos.getAsLong()).toMillis() / 1e3);
        carryOut(machine.map(rollout -> rollout.rollBack(why, now))
                .orElseGet(() -> List.of(new Decision.RollBack(why))));
    }

    private void carryOut(List<Decision> decisions) {
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Tell tell -> events.accept(tell.event());
                case Decision.SetWeight set -> acts.add(() -> weigh(set.toNew()));
                case Decision.Ask ask ->
                    approval.ask(
                            ask.question(), answer -> inbox.add(rollout -> rollout.answered(answer, clock.nanos())));
                case Decision.RollBack rollback -> goBack(rollback.why());
            }
        }
    }

    private void goBack(String why) {
        back = true;
        events.accept(new Event.Rollback(RollbackStep.TRIGGERED, why, clock.nanos()));
        approval.withdraw();
        acts.add(wayBack::go);
    }

    private void weigh(Share toNew) {
        if (back) {
            return;
        }
        Optional<String> refused = weigher.weigh(toNew, WeightCause.ROLLOUT);
        long now = clock.nanos();
        inbox.add(rollout -> refused.isPresent() ? rollout.refused(refused.get(), now) : rollout.inForce(now));
    }

    private void act() throws InterruptedException {
        while (true) {
            acts.take().run();
        }
    }

    private static void guarded(Background.Work work, Consumer<Exception> onFailure) throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }
}
