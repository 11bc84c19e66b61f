package dev.changeover.harness.measurement;

import java.util.Optional;
import java.util.OptionalInt;

/// What one request gets of a provider that is like the measured one.
///
/// @param tokens of the answer, where the request does not say
/// @param failure empty: it is served
public record Drawn(double ttftNanos, double nanosPerToken, OptionalInt tokens, Optional<Failure> failure) {}
