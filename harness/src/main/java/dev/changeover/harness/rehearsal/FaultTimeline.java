package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.units.Ticker;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/// Puts a scenario's faults in force and takes them away, each at its time, in turns those that pulse, and writes
/// down when it really was so.
final class FaultTimeline implements AutoCloseable {

    /// Does something to the testbed.
    interface Act {
        void on(int index, FaultWindow fault) throws IOException;
    }

    private final Ticker clock;
    private final EventSink events;
    private final Act inject;
    private final Act lift;
    private final Consumer<Exception> onFailure;
    private final Set<Integer> there = new HashSet<>();
    private final Background background;

    /// @param speed trace time is divided by it, pulses are not
    /// @param onFailure called when the testbed refuses; the rest of the timeline is then given up
    FaultTimeline(
            List<FaultWindow> faults,
            double speed,
            Ticker clock,
            EventSink events,
            Act inject,
            Act lift,
            Consumer<Exception> onFailure) {
        this.clock = clock;
        this.events = events;
        this.inject = inject;
        this.lift = lift;
        this.onFailure = onFailure;
        PriorityQueue<FaultMoment> moments = firsts(faults, speed);
        this.background = new Background("fault-timeline", () -> play(moments));
    }

    void start() {
        background.start();
    }

    /// Stops where it is; what is in force goes with the testbed.
    @Override
    public void close() {
        background.close();
    }

    private static PriorityQueue<FaultMoment> firsts(List<FaultWindow> faults, double speed) {
        PriorityQueue<FaultMoment> moments = new PriorityQueue<>();
        for (int index = 0; index < faults.size(); index++) {
            moments.add(FaultMoment.first(index, faults.get(index), speed));
        }
        return moments;
    }

    private void play(PriorityQueue<FaultMoment> moments) throws InterruptedException {
        try {
            while (!moments.isEmpty()) {
                FaultMoment moment = moments.remove();
                waitFor(moment);
                carryOut(moment);
                moment.next().ifPresent(moments::add);
            }
        } catch (IOException | RuntimeException e) {
            onFailure.accept(e);
        }
    }

    private void waitFor(FaultMoment moment) throws InterruptedException {
        long wait = moment.atNanos() - clock.nanos();
        if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
    }

    private void carryOut(FaultMoment moment) throws IOException {
        switch (moment.turn()) {
            case BEGIN -> {
                tell(moment, Event.FaultStep.ASKED);
                bring(moment);
                tell(moment, Event.FaultStep.IN_FORCE);
            }
            case PAUSE -> {
                takeAway(moment);
                tell(moment, Event.FaultStep.PAUSED);
            }
            case RESUME -> {
                bring(moment);
                tell(moment, Event.FaultStep.RESUMED);
            }
            case END -> {
                tell(moment, Event.FaultStep.LIFTING);
                takeAway(moment);
                tell(moment, Event.FaultStep.GONE);
            }
        }
    }

    private void bring(FaultMoment moment) throws IOException {
        inject.on(moment.index(), moment.fault());
        there.add(moment.index());
    }

    /// Nothing for one whose turn it is to be away.
    private void takeAway(FaultMoment moment) throws IOException {
        if (there.remove(moment.index())) {
            lift.on(moment.index(), moment.fault());
        }
    }

    private void tell(FaultMoment moment, Event.FaultStep step) {
        FaultWindow fault = moment.fault();
        events.accept(new Event.Fault(moment.index(), fault.fault(), fault.on(), step, clock.nanos()));
    }
}
