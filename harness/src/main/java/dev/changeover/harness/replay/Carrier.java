package dev.changeover.harness.replay;

/// What carries one exchange: a connection, or one stream of it. Confined to its lane's loop.
interface Carrier {

    void send(Exchange exchange, RequestBytes request);

    /// Gives up whatever it carries.
    void close();
}
