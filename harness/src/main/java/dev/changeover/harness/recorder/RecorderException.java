package dev.changeover.harness.recorder;

/// The recorder could not be started: what failed, and what to do.
public final class RecorderException extends Exception {

    private static final long serialVersionUID = 1;

    RecorderException(String message, Throwable cause) {
        super(message, cause);
    }
}
