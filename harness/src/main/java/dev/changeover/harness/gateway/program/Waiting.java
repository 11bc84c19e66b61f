package dev.changeover.harness.gateway.program;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits that an interrupt does not cut short, for what has to be undone in any case.
final class Waiting {

    private static final long STEP_MILLIS = 20;

    private Waiting() {}

    /// Until it is so, or the wall time is over; whether it was so.
    static boolean until(BooleanSupplier so, Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        boolean is = so.getAsBoolean();
        while (!is && System.nanoTime() < until) {
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException _) {
                interrupted = true;
            }
            is = so.getAsBoolean();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return is;
    }
}
