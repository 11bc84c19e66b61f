package dev.changeover.harness.provider;

/// Asked before each call is sent to the provider.
@FunctionalInterface
public interface Admission {

    Admission ALL = () -> true;

    /// Whether it may be sent; it counts as sent then. One that may not is neither answered nor written down.
    boolean admits();
}
