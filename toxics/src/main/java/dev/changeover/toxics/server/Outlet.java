package dev.changeover.toxics.server;

import io.netty.buffer.ByteBuf;

/// Where the bytes of one direction go next: a stage, or the socket at the end.
interface Outlet {

    /// Takes a chunk, and its ownership with it.
    void data(ByteBuf chunk);

    /// The source has ended; nothing comes after it.
    void end(Ending how);

    /// How a stream of bytes ends.
    enum Ending {
        /// In order: what was sent before it still counts.
        FIN,
        /// In order, and the connection is over: the other direction ends with it.
        CLOSE,
        /// Torn down: the peer sees "connection reset".
        RESET
    }
}
