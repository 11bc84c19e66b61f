package dev.changeover.harness.provider.within;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/// Lets every event wait until a while after the one before has passed; none once the fault is lifted.
final class Drips implements Onward {

    private final StruckCall call;
    private final Onward onward;
    private final Duration gap;
    private final Queue<StreamEvent> held = new ArrayDeque<>();
    private Runnable ending = () -> {};
    private boolean resting;
    private boolean lifted;

    Drips(StruckCall call, Onward onward, Duration gap) {
        this.call = call;
        this.onward = onward;
        this.gap = gap;
        call.whenLifted(this::lift);
    }

    @Override
    public void event(StreamEvent event) {
        held.add(event);
        call.holds(event.bytes().length());
        if (resting) {
            call.struck();
        } else {
            goOn();
        }
    }

    @Override
    public void end() {
        endBy(onward::end);
    }

    @Override
    public void cut() {
        endBy(onward::cut);
    }

    private void endBy(Runnable last) {
        ending = last;
        if (held.isEmpty()) {
            last.run();
        }
    }

    private void goOn() {
        while (!resting && !held.isEmpty()) {
            StreamEvent next = held.remove();
            resting = !lifted;
            if (resting) {
                call.after(gap, this::rested);
            }
            onward.event(next);
            if (held.isEmpty()) {
                ending.run();
            }
            call.letGo(next.bytes().length());
        }
    }

    private void rested() {
        resting = false;
        goOn();
    }

    private void lift() {
        lifted = true;
        rested();
    }
}
