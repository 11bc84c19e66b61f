package dev.changeover.harness.check;

import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Objectives;
import dev.changeover.harness.scenario.Scenario;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// How wrong the harness may have measured a time before its verdict means nothing: a tenth of the
/// narrowest margin that a required gate puts on one; without such margins, of the smallest limit or
/// objective on one.
///
/// @param from what it is a tenth of, in words
record Tolerance(double millis, String from) {

    /// Where a scenario asks nothing of any time.
    private static final double UNASKED = 50;

    static Tolerance of(Scenario scenario, Optional<Side> before) {
        Tolerance narrowest = null;
        for (GateSpec spec : scenario.expect()) {
            if (spec.required() && spec.limit() instanceof GateSpec.Limit.Margin(double value, double floor)) {
                OptionalDouble old =
                        before.map(side -> quantile(side, spec.metric())).orElse(OptionalDouble.empty());
                double margin = old.isPresent() ? Math.max(value * old.getAsDouble(), floor) / 10 : 0;
                if (margin > 0 && (narrowest == null || margin < narrowest.millis())) {
                    narrowest = new Tolerance(
                            margin, "the margin of " + spec.metric().word());
                }
            }
        }
        return narrowest != null ? narrowest : ofLimits(scenario);
    }

    private static OptionalDouble quantile(Side side, Metric metric) {
        Optional<TimeMetric> time = TimeMetric.of(metric);
        return time.isEmpty() || side.sample(time.get().measure()).isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        side.sample(time.get().measure()).quantile(time.get().p()));
    }

    private static Tolerance ofLimits(Scenario scenario) {
        Objectives objectives = scenario.objectives();
        DoubleStream limits = scenario.expect().stream()
                .filter(spec -> spec.required() && spec.metric().unit() == Metric.Unit.MILLIS)
                .flatMap(spec ->
                        spec.limit() instanceof GateSpec.Limit.Max(double value) ? Stream.of(value) : Stream.empty())
                .mapToDouble(value -> value);
        DoubleStream promised = Stream.of(objectives.ttft(), objectives.latency())
                .flatMap(Optional::stream)
                .mapToDouble(Duration::toMillis);
        return DoubleStream.concat(limits, promised).filter(limit -> limit > 0).min().stream()
                .mapToObj(limit -> new Tolerance(limit / 10, "the smallest limit on a time"))
                .findFirst()
                .orElse(new Tolerance(UNASKED, "half a second, as nothing is asked of any time"));
    }
}
