package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.units.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Puts a scenario's faults in force and takes them away, each at its time, and writes down when it really was so.
final class FaultTimeline implements AutoCloseable {

    /// Does something to the testbed.
    interface Act {
        void on(int index, FaultWindow fault) throws IOException;
    }

    private record Moment(long atNanos, int index, FaultWindow fault, boolean begins) {}

    private final Ticker clock;
    private final EventSink events;
    private final Act inject;
    private final Act lift;
    private final Consumer<Exception> onFailure;
    private final Background background;

    /// @param speed trace time is divided by it
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
        List<Moment> moments = moments(faults, speed);
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

    private static List<Moment> moments(List<FaultWindow> faults, double speed) {
        List<Moment> moments = new ArrayList<>();
        for (int index = 0; index < faults.size(); index++) {
            FaultWindow fault = faults.get(index);
            long from = (long) (fault.at().toNanos() / speed);
            long to = (long) (fault.at().plus(fault.length()).toNanos() / speed);
            moments.add(new Moment(from, index, fault, true));
            moments.add(new Moment(to, index, fault, false));
        }
        moments.sort(Comparator.comparingLong(Moment::atNanos).thenComparing(Moment::begins));
        return moments;
    }

    private void play(List<Moment> moments) throws InterruptedException {
        try {
            for (Moment moment : moments) {
                long wait = moment.atNanos() - clock.nanos();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                }
                if (moment.begins()) {
                    tell(moment, Event.FaultStep.ASKED);
                    inject.on(moment.index(), moment.fault());
                    tell(moment, Event.FaultStep.IN_FORCE);
                } else {
                    tell(moment, Event.FaultStep.LIFTING);
                    lift.on(moment.index(), moment.fault());
                    tell(moment, Event.FaultStep.GONE);
                }
            }
        } catch (IOException | RuntimeException e) {
            onFailure.accept(e);
        }
    }

    private void tell(Moment moment, Event.FaultStep step) {
        FaultWindow fault = moment.fault();
        events.accept(new Event.Fault(moment.index(), fault.fault(), fault.on(), step, clock.nanos()));
    }
}
