package dev.changeover.harness.provider.within;

/// Where a stream goes on: the next fault, or at last the client. Nothing follows an end or a cut.
public interface Onward {

    void event(StreamEvent event);

    /// It ended as HTTP says it should.
    void end();

    /// The connection was closed inside it.
    void cut();
}
