package dev.changeover.harness.trace;

import java.nio.file.Path;

/// A trace that was begun and cannot be written to its end: the disk is full, or gone.
public final class TraceNotWrittenException extends TraceException {

    private static final long serialVersionUID = 1;

    TraceNotWrittenException(Path file, Throwable cause) {
        super(
                file,
                0,
                "cannot be written to its end: " + cause.getMessage(),
                "make room on the disk; what was there before is as it was",
                cause);
    }
}
