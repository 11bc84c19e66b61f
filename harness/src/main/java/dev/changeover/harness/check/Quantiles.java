package dev.changeover.harness.check;

import java.util.OptionalDouble;

/// A distribution of times in milliseconds, empty fields where nothing was measured.
public record Quantiles(
        long count,
        OptionalDouble mean,
        OptionalDouble p50,
        OptionalDouble p90,
        OptionalDouble p95,
        OptionalDouble p99,
        OptionalDouble max) {}
