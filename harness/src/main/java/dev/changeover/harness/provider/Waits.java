package dev.changeover.harness.provider;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What one call waits for. All of it comes on the call's event loop, and nothing once the call is over.
final class Waits {

    private final Context context;
    private final Set<Wait> waiting = new HashSet<>();

    Waits(Context context) {
        this.context = context;
    }

    void after(Duration delay, Runnable action) {
        new Wait(action).begin(delay);
    }

    void whenLifted(InjectedFault fault, Runnable action) {
        new Wait(action).begin(fault);
    }

    /// Whichever comes first.
    void afterOrWhenLifted(Duration delay, InjectedFault fault, Runnable action) {
        Wait wait = new Wait(action);
        wait.begin(delay);
        wait.begin(fault);
    }

    void callIsOver() {
        List.copyOf(waiting).forEach(Wait::cancel);
    }

    private final class Wait {

        private final Runnable action;
        private Runnable noTimer = () -> {};
        private Runnable noFault = () -> {};

        Wait(Runnable action) {
            this.action = action;
            waiting.add(this);
        }

        void begin(Duration delay) {
            long timer = context.owner().setTimer(delay.toMillis(), _ -> come());
            noTimer = () -> context.owner().cancelTimer(timer);
        }

        void begin(InjectedFault fault) {
            Runnable lifted = () -> context.runOnContext(_ -> come());
            noFault = () -> fault.forget(lifted);
            fault.whenLifted(lifted);
        }

        private void come() {
            if (cancel()) {
                action.run();
            }
        }

        private boolean cancel() {
            noTimer.run();
            noFault.run();
            return waiting.remove(this);
        }
    }
}
