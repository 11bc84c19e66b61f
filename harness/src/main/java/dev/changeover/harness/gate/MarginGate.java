package dev.changeover.harness.gate;

import dev.changeover.harness.check.Comparison;
import dev.changeover.harness.check.Findings;
import dev.changeover.harness.check.TimeMetric;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.stats.Interval;
import dev.changeover.harness.stats.RatioOfSums;
import dev.changeover.harness.stats.SampleSizes;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Non-inferiority: how much worse the new arm may be, with the burden of proof on it.
final class MarginGate {

    private MarginGate() {}

    static GateResult judge(GateSpec spec, GateSpec.Limit.Margin margin, Findings findings) {
        Comparison comparison = findings.comparisons().of(spec.metric());
        double threshold = margin.value();
        if (comparison.relative() && comparison.before().orElse(0) > 0) {
            threshold = Math.max(threshold, margin.floor() / comparison.before().getAsDouble());
        }
        String unit = comparison.relative() ? "ratio" : spec.metric().unit().word();
        if (comparison.change().isEmpty() && !comparison.censored()) {
            return new GateResult(
                    spec,
                    Decision.INCONCLUSIVE,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.of(threshold),
                    unit,
                    comparison.n(),
                    OptionalLong.empty(),
                    comparison.method(),
                    evidence(comparison, spec));
        }
        Optional<Interval> change = comparison.change();
        Decision decision = decide(comparison, threshold);
        return new GateResult(
                spec,
                decision,
                change.map(c -> OptionalDouble.of(c.estimate())).orElse(OptionalDouble.empty()),
                change.map(c -> Bounds.deciding(c, decision, true)).orElse(OptionalDouble.empty()),
                OptionalDouble.of(threshold),
                unit,
                comparison.n(),
                decision == Decision.INCONCLUSIVE && change.isPresent()
                        ? needed(comparison, change.get(), threshold, findings)
                        : OptionalLong.empty(),
                comparison.method(),
                evidence(comparison, spec));
    }

    private static Decision decide(Comparison comparison, double threshold) {
        if (comparison.censored()) {
            return Decision.FAIL;
        }
        return Bounds.below(comparison.change().orElseThrow(), threshold);
    }

    private static OptionalLong needed(Comparison comparison, Interval change, double threshold, Findings findings) {
        long smallest = TimeMetric.of(comparison.metric())
                .map(time -> SampleSizes.ratioOfQuantiles(time.p(), SampleSizes.SPREAD, threshold))
                .orElse((long) RatioOfSums.FEWEST_CLUSTERS);
        OptionalLong observations = Bounds.needed(change, threshold, comparison.n(), smallest);
        long requests = findings.arms().values().stream()
                .mapToLong(arm -> arm.requests())
                .max()
                .orElse(0);
        return observations.isEmpty() || comparison.n() == 0
                ? observations
                : OptionalLong.of((long) Math.ceil((double) observations.getAsLong() * requests / comparison.n()));
    }

    private static String evidence(Comparison comparison, GateSpec spec) {
        if (comparison.before().isEmpty() || comparison.after().isEmpty()) {
            return "%s was not measured on %s"
                    .formatted(
                            spec.metric().word(),
                            comparison.before().isPresent()
                                    ? "the new arm"
                                    : comparison.after().isPresent() ? "the old arm" : "either arm");
        }
        String values = "old %s, new %s, over %d"
                .formatted(
                        Values.of(spec.metric(), comparison.before().getAsDouble()),
                        Values.of(spec.metric(), comparison.after().getAsDouble()),
                        comparison.n());
        return comparison.censored() ? values + "; new lies beyond the caller's patience" : values;
    }
}
