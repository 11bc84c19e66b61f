package dev.changeover.toxics.server;

/// A server that could not be started, because its API or a proxy of its file cannot listen where it should.
public final class CannotListenException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    CannotListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
