package dev.changeover.harness.check;

import dev.changeover.harness.stats.Sample;
import java.util.OptionalDouble;

/// A distribution of times in milliseconds, empty fields where nothing was measured.
public record Quantiles(
        long count,
        OptionalDouble mean,
        OptionalDouble p50,
        OptionalDouble p90,
        OptionalDouble p95,
        OptionalDouble p99,
        OptionalDouble max) {

    static Quantiles of(Sample sample) {
        if (sample.isEmpty()) {
            OptionalDouble none = OptionalDouble.empty();
            return new Quantiles(0, none, none, none, none, none, none);
        }
        return new Quantiles(
                sample.size(),
                OptionalDouble.of(sample.mean()),
                OptionalDouble.of(sample.quantile(0.5)),
                OptionalDouble.of(sample.quantile(0.9)),
                OptionalDouble.of(sample.quantile(0.95)),
                OptionalDouble.of(sample.quantile(0.99)),
                OptionalDouble.of(sample.max()));
    }
}
