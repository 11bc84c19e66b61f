package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;

/// One toxic at work on one direction of one connection, with what it remembers of it.
///
/// All methods are called on the connection's event loop.
interface Stage extends Outlet {

    /// Whether it takes more data without hoarding; while not, the source is not read.
    boolean hasRoom();

    /// The toxic has other settings from now on; its type never changes.
    void update(Toxic toxic);

    /// The toxic was taken away: passes on what it holds, or closes, as its kind asks.
    void removed();

    /// The toxic stays, and its toxicity spares this connection until the next update.
    default void spared() {
        removed();
    }

    /// The connection is over: frees what it holds and forgets its timers.
    void discard();
}
