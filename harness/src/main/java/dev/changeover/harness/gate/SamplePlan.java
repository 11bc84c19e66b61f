package dev.changeover.harness.gate;

import dev.changeover.harness.check.TimeMetric;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.GateSpec.Limit;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.stats.QuantileBounds;
import dev.changeover.harness.stats.RatioOfSums;
import dev.changeover.harness.stats.SampleSizes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What each gate of a scenario would take to be decided, said before anything is sent.
public final class SamplePlan {

    /// The error rate expected where no objective says.
    private static final double ERRORS = 0.01;

    /// @param requests that the gate takes, of all that are replayed; empty: no number would do
    /// @param settled whether the requests planned can decide it
    /// @param why how that was reckoned, or what is missing, as a clause
    public record Planned(GateSpec spec, OptionalLong requests, boolean settled, String why) {}

    private final Scenario scenario;
    private final long planned;
    private final double faultShare;

    private SamplePlan(Scenario scenario, long planned, Duration span) {
        this.scenario = scenario;
        this.planned = planned;
        double dark = scenario.faults().stream()
                .mapToDouble(fault -> inside(fault, span))
                .sum();
        this.faultShare = span.isPositive() ? Math.min(1, dark / span.toNanos()) : 0;
    }

    private static double inside(FaultWindow fault, Duration span) {
        return Math.max(
                0,
                Math.min(fault.length().toNanos(), span.toNanos() - fault.at().toNanos()));
    }

    /// @param planned requests that are due in the window
    /// @param span of the window, in trace time like the faults
    public static List<Planned> of(Scenario scenario, long planned, Duration span) {
        SamplePlan plan = new SamplePlan(scenario, planned, span);
        return Expected.of(scenario).stream().map(plan::plan).toList();
    }

    private Planned plan(GateSpec spec) {
        Optional<TimeMetric> time = TimeMetric.of(spec.metric());
        if (time.isPresent()) {
            return times(spec, time.get());
        }
        CoursePlan needs = new CoursePlan(scenario);
        return switch (spec.metric()) {
            case LATENCY_MEAN ->
                takes(spec, RatioOfSums.FEWEST_CLUSTERS, 1, "30 conversations have a mean with bounds");
            case COST_PER_REQUEST -> cost(spec);
            case ERROR_RATE -> share(spec, 1);
            case ERROR_RATE_STEADY -> share(spec, 1 - faultShare);
            case ERROR_RATE_FAULT ->
                scenario.faults().isEmpty() ? never(spec, "there is no fault") : share(spec, faultShare);
            case AVAILABILITY -> availability(spec);
            case RECOVERY_TIME -> recovery(spec);
            case DETECTION_TIME ->
                direct() || scenario.faults().isEmpty()
                        ? never(spec, "it needs a gateway and a fault")
                        : takes(spec, 1, faultShare, "one request taken elsewhere shows it");
            case FAILBACK_TIME -> once(spec, needs.failback());
            case ROLLBACK_TIME -> once(spec, needs.rollback());
            case ROLLOUT_SHARE -> once(spec, needs.rollout());
            case MISANSWERED, HOPS -> once(spec, needs.gateway());
            case FALSE_GREEN -> once(spec, needs.healthPage());
            case ALERT_DELAY -> once(spec, needs.alerts());
            case IN_FLIGHT -> takes(spec, 1, 1, "it is counted");
            case GOODPUT, LOST, DUPLICATED, ORPHANED, RETRY_AMPLIFICATION, COUNTED_RATIO ->
                takes(spec, 1, 1, "it is counted");
            case LATENCY_P50, LATENCY_P95, LATENCY_P99, TTFT_P50, TTFT_P95, TTFT_P99, ITL_P95, TPOT_P50, TPOT_P95 ->
                throw new IllegalStateException(spec.metric().word() + " is a quantile");
        };
    }

    private Planned once(GateSpec spec, Optional<String> missing) {
        return missing.map(what -> never(spec, what)).orElseGet(() -> takes(spec, 1, 1, "it is measured once"));
    }

    private boolean direct() {
        return scenario.gateway() instanceof Gateway.None;
    }

    private Planned times(GateSpec spec, TimeMetric time) {
        double streams = switch (time.measure()) {
            case LATENCY, SERVICE -> 1;
            case TTFT, ITL, TPOT -> scenario.traffic().stream().value();
        };
        if (streams == 0) {
            return never(spec, "no request is streamed, unless the trace says so");
        }
        return switch (spec.limit()) {
            case Limit.Margin(double value, double _) ->
                takes(
                        spec,
                        SampleSizes.ratioOfQuantiles(time.p(), SampleSizes.SPREAD, value),
                        streams,
                        "for equal arms to pass with 80 %, at a spread of 0.6; pairs take fewer");
            case Limit.Max _, Limit.Min _ ->
                takes(spec, QuantileBounds.smallestSample(time.p()), streams, "the fewest that have bounds");
        };
    }

    private Planned share(GateSpec spec, double of) {
        double expected = scenario.objectives().errorRate().map(s -> s.value()).orElse(ERRORS);
        return switch (spec.limit()) {
            case Limit.Margin(double value, double _) ->
                takes(
                        spec,
                        SampleSizes.noneSeenInEither(value),
                        of,
                        String.format(
                                Locale.ROOT,
                                "if not one of them fails; %,d where %s do",
                                (long) Math.ceil(SampleSizes.differenceOfShares(expected, value) / of),
                                Values.percent(expected)));
            case Limit.Max(double value) ->
                value <= 0
                        ? never(spec, "no sample proves that there are no errors at all")
                        : takes(spec, value >= 1 ? 1 : SampleSizes.noneSeen(value), of, "if not one of them fails");
            case Limit.Min _ -> takes(spec, 1, of, "it is a share");
        };
    }

    private Planned availability(GateSpec spec) {
        if (spec.limit() instanceof Limit.Min(double value)) {
            return value >= 1
                    ? never(spec, "no sample proves that nothing ever fails")
                    : takes(spec, value <= 0 ? 1 : SampleSizes.noneSeen(1 - value), 1, "if not one of them fails");
        }
        return takes(spec, 1, 1, "it is a share");
    }

    private Planned cost(GateSpec spec) {
        if (scenario.providers().values().stream().anyMatch(p -> p.price().isEmpty())) {
            return never(spec, "a provider has no price");
        }
        return spec.limit() instanceof Limit.Margin
                ? takes(spec, RatioOfSums.FEWEST_CLUSTERS, 1, "30 conversations have a ratio with bounds")
                : takes(spec, 1, 1, "it is summed");
    }

    private Planned recovery(GateSpec spec) {
        if (direct()
                || scenario.faults().isEmpty()
                || scenario.objectives().errorRate().isEmpty()) {
            return never(spec, "it needs a gateway, a fault and an error objective");
        }
        return takes(spec, 100, faultShare, "two windows of 50 requests while the fault is in force");
    }

    private Planned takes(GateSpec spec, long observations, double share, String why) {
        if (share <= 0) {
            return never(spec, "none of the requests would count for it");
        }
        long requests = (long) Math.ceil(observations / share);
        return new Planned(spec, OptionalLong.of(requests), requests <= planned, why);
    }

    private static Planned never(GateSpec spec, String why) {
        return new Planned(spec, OptionalLong.empty(), false, why);
    }
}
