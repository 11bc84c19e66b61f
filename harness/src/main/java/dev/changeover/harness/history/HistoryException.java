package dev.changeover.harness.history;

/// A history that cannot be read or written: which file, where, what, and what to do.
public final class HistoryException extends Exception {

    private static final long serialVersionUID = 1;

    public HistoryException(String message) {
        super(message);
    }

    public HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
