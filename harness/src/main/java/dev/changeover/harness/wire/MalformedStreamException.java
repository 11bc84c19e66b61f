package dev.changeover.harness.wire;

/// A stream of events that cannot be read on.
public final class MalformedStreamException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedStreamException(String message) {
        super(message);
    }
}
