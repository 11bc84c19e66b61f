package dev.changeover.harness.provider.within;

import java.util.ArrayDeque;
import java.util.Queue;

/// Holds back what comes behind a place until the fault is lifted.
final class Stalls extends StrikesAtPlace {

    private final Queue<Runnable> held = new ArrayDeque<>();
    private int heldBytes;
    private boolean lifted;

    Stalls(StruckCall call, Onward onward, int chunks) {
        super(call, onward, chunks);
    }

    @Override
    void strike(StreamEvent event) {
        stall();
        eventBehind(event);
    }

    @Override
    void strikeAtEnd() {
        stall();
        endBehind();
    }

    /// Nothing, where the fault went before the place came.
    private void stall() {
        lifted = call.isLifted();
        if (!lifted) {
            call.struck();
            call.whenLifted(this::goOn);
        }
    }

    @Override
    void eventBehind(StreamEvent event) {
        if (lifted) {
            onward.event(event);
        } else {
            held.add(() -> onward.event(event));
            heldBytes += event.bytes().length();
            call.holds(event.bytes().length());
        }
    }

    @Override
    void endBehind() {
        behind(onward::end);
    }

    @Override
    void cutBehind() {
        behind(onward::cut);
    }

    private void behind(Runnable ending) {
        if (lifted) {
            ending.run();
        } else {
            held.add(ending);
        }
    }

    private void goOn() {
        lifted = true;
        held.forEach(Runnable::run);
        held.clear();
        call.letGo(heldBytes);
    }
}
