package dev.changeover.harness.rehearsal;

/// Our own testbed could not be started or kept up: what failed, and what to do.
public final class TestbedException extends Exception {

    private static final long serialVersionUID = 1;

    public TestbedException(String message, Throwable cause) {
        super(message, cause);
    }
}
