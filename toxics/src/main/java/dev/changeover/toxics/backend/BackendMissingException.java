package dev.changeover.toxics.backend;

import java.io.IOException;

/// What a backend needs is not on this machine: the message says where it was looked for, and what to do.
public final class BackendMissingException extends IOException {

    private static final long serialVersionUID = 1;

    public BackendMissingException(String message) {
        super(message);
    }

    public BackendMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
