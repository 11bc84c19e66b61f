package dev.changeover.toxics.server;

import java.util.random.RandomGenerator;

/// What a stage may use of the connection that it works on.
interface Site {

    /// Where its bytes go.
    Outlet next();

    /// By the clock of its timers.
    long nanos();

    /// Runs the task later, on the connection's event loop.
    ///
    /// @return cancels it
    Runnable schedule(long delayNanos, Runnable task);

    /// Seeded by server, proxy, connection and toxic: never by the order of events.
    RandomGenerator random();

    /// Counts one chunk that the toxic delayed, dropped or cut.
    void touched();

    /// Sends what was passed on outside of `data` and `end`, and looks again whether the source may be read.
    void passedOn();

    /// Ends this direction behind what was passed on, and then closes the connection, both ways, in order. Nothing is
    /// heard of the source any more, and the stage is discarded.
    void endAndClose();

    /// Closes the connection, both ways, in order.
    void close();

    /// Closes the connection, both ways, with a TCP reset.
    void reset();
}
