package dev.changeover.harness.gate;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.check.Counts;
import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.Findings;
import dev.changeover.harness.check.Measure;
import dev.changeover.harness.check.Side;
import dev.changeover.harness.check.TimeMetric;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.stats.Interval;
import dev.changeover.harness.stats.Proportions;
import dev.changeover.harness.stats.QuantileBounds;
import dev.changeover.harness.stats.RatioOfSums;
import dev.changeover.harness.stats.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/// Holds what clients saw, of the gateway or else of the new arm, against an absolute limit.
final class LimitGate {

    private final GateSpec spec;
    private final Findings findings;
    private final double limit;
    private final boolean fromAbove;

    private LimitGate(GateSpec spec, double limit, boolean fromAbove, Findings findings) {
        this.spec = spec;
        this.limit = limit;
        this.fromAbove = fromAbove;
        this.findings = findings;
    }

    /// Holds the figures of one side against a limit.
    static GateResult of(GateSpec spec, Optional<Side> side, Findings findings) {
        return switch (spec.limit()) {
            case GateSpec.Limit.Max(double value) -> new LimitGate(spec, value, true, findings).judge(side);
            case GateSpec.Limit.Min(double value) -> new LimitGate(spec, value, false, findings).judge(side);
            case GateSpec.Limit.Margin _ -> throw new IllegalArgumentException("a margin is no limit");
        };
    }

    private GateResult judge(Optional<Side> judged) {
        Measured measured = judged.filter(side -> side.counts().requests() > 0)
                .map(this::measure)
                .orElse(Measured.nothing("no request was made"));
        Decision decision = decide(measured);
        Optional<Interval> value = measured.value();
        return new GateResult(
                spec,
                decision,
                value.map(v -> OptionalDouble.of(v.estimate())).orElse(OptionalDouble.empty()),
                value.map(v -> Bounds.deciding(v, decision, fromAbove)).orElse(OptionalDouble.empty()),
                OptionalDouble.of(limit),
                unit(),
                measured.n(),
                decision == Decision.INCONCLUSIVE && value.isPresent()
                        ? Bounds.needed(value.get(), limit, measured.n(), measured.smallest())
                        : OptionalLong.empty(),
                measured.method(),
                measured.evidence());
    }

    private String unit() {
        return spec.metric().unit() == Metric.Unit.MONEY
                ? findings.arms().values().stream()
                        .flatMap(arm -> arm.cost().stream())
                        .map(cost -> cost.total().currency())
                        .findFirst()
                        .orElse(spec.metric().unit().word())
                : spec.metric().unit().word();
    }

    private Decision decide(Measured measured) {
        return switch (measured.reach()) {
            case BEYOND -> fromAbove ? Decision.FAIL : Decision.INCONCLUSIVE;
            case NOT_NEEDED -> Decision.PASS;
            case WITHIN ->
                measured.value()
                        .map(value -> fromAbove ? Bounds.atMost(value, limit) : Bounds.atLeast(value, limit))
                        .orElse(Decision.INCONCLUSIVE);
        };
    }

    private Measured measure(Side side) {
        CourseMeasures course = new CourseMeasures(findings);
        Counts counts = side.counts();
        ArmSummary summary = findings.arms().get(side.name());
        Optional<TimeMetric> time = TimeMetric.of(spec.metric());
        if (time.isPresent()) {
            return quantile(side, time.get());
        }
        return switch (spec.metric()) {
            case LATENCY_MEAN -> mean(side);
            case ERROR_RATE -> share(side, counts.all(), Side.Population.ALL, "requests");
            case ERROR_RATE_STEADY ->
                share(side, counts.steady(), Side.Population.STEADY, "requests that no fault touched");
            case ERROR_RATE_FAULT ->
                share(side, counts.fault(), Side.Population.FAULT, "requests that a fault touched");
            case AVAILABILITY -> availability(side, counts);
            case GOODPUT -> exactly(summary.goodputPerSecond(), counts.requests(), "requests within every objective");
            case LOST ->
                Measured.exact(
                        counts.lost(),
                        counts.requests(),
                        "counted",
                        "%d of %d requests were sent and got neither answer nor error"
                                .formatted(counts.lost(), counts.requests()));
            case DUPLICATED ->
                ledger(findings.ledger().duplicated(), "of %d calls, %d requests were answered by two or more");
            case ORPHANED ->
                ledger(findings.ledger().orphaned(), "of %d calls, %d generated an answer that nobody got");
            case RETRY_AMPLIFICATION ->
                exactly(findings.ledger().retryAmplification(), counts.requests(), "attempts over requests");
            case RECOVERY_TIME -> recovery();
            case DETECTION_TIME -> detection();
            case COST_PER_REQUEST -> costPerRequest(summary, counts);
            case COUNTED_RATIO ->
                exactly(
                        summary.tokens().countedRatio(),
                        counts.requests(),
                        "output tokens by usage over our own count (o200k)");
            case FAILBACK_TIME -> course.failback();
            case MISANSWERED -> course.misanswered();
            case HOPS -> course.hops();
            case FALSE_GREEN -> course.falseGreen();
            case ALERT_DELAY -> course.alertDelay();
            case IN_FLIGHT -> course.inFlight();
            case ROLLBACK_TIME -> new ChangeMeasures(findings).rollback();
            case ROLLOUT_SHARE -> new ChangeMeasures(findings).share();
            case LATENCY_P50, LATENCY_P95, LATENCY_P99, TTFT_P50, TTFT_P95, TTFT_P99, ITL_P95, TPOT_P50, TPOT_P95 ->
                throw new IllegalStateException(spec.metric().word() + " is a quantile");
        };
    }

    private Measured quantile(Side side, TimeMetric time) {
        Sample sample = side.sample(time.measure());
        if (sample.isEmpty()) {
            return Measured.nothing(
                    "%s was measured on no request".formatted(spec.metric().word()));
        }
        Interval bounds = QuantileBounds.of(sample, time.p(), side.designEffect(time.measure(), time.p()));
        return new Measured(
                sample.censored(bounds.estimate()) ? Measured.Reach.BEYOND : Measured.Reach.WITHIN,
                Optional.of(bounds),
                sample.size(),
                QuantileBounds.smallestSample(time.p()),
                "order-statistic bounds (Hahn and Meeker 1991), by conversation (Kish 1965)",
                "of %d, %d above the limit; worst %s"
                        .formatted(sample.size(), sample.above(limit), Values.millis(sample.max())));
    }

    private Measured mean(Side side) {
        Sample sample = side.sample(Measure.LATENCY);
        if (sample.isEmpty()) {
            return Measured.nothing("latency was measured on no request");
        }
        Interval mean = side.mean(Measure.LATENCY);
        return new Measured(
                Measured.Reach.WITHIN,
                Optional.of(
                        sample.anyCensored()
                                ? new Interval(mean.low(), mean.estimate(), Double.POSITIVE_INFINITY)
                                : mean),
                sample.size(),
                RatioOfSums.FEWEST_CLUSTERS,
                "mean, linearised by conversation (Cochran 1977)",
                "of %d, worst %s".formatted(sample.size(), Values.millis(sample.max())));
    }

    private Measured share(Side side, Counts.Tally tally, Side.Population population, String of) {
        if (tally.n() == 0) {
            return Measured.nothing("there were no " + of);
        }
        return new Measured(
                Measured.Reach.WITHIN,
                Optional.of(Proportions.clopperPearson(tally.errors(), tally.n(), side.errorEffect(population))),
                tally.n(),
                0,
                "exact binomial bounds (Clopper and Pearson 1934), by conversation (Korn and Graubard 1998)",
                "%d of %d %s failed".formatted(tally.errors(), tally.n(), of));
    }

    private Measured availability(Side side, Counts counts) {
        if (counts.answerable() == 0) {
            return Measured.nothing("there were no requests that could have been served");
        }
        return new Measured(
                Measured.Reach.WITHIN,
                Optional.of(Proportions.clopperPearson(
                        counts.withinObjectives(),
                        counts.answerable(),
                        side.availabilityEffect(
                                findings.observations().scenario().objectives()))),
                counts.answerable(),
                0,
                "exact binomial bounds (Clopper and Pearson 1934), by conversation (Korn and Graubard 1998)",
                "%d of %d requests were served within objectives"
                        .formatted(counts.withinObjectives(), counts.answerable()));
    }

    private Measured exactly(OptionalDouble value, long n, String what) {
        return value.isEmpty()
                ? Measured.nothing(what + ": not measurable in this run")
                : Measured.exact(value.getAsDouble(), n, "counted", what);
    }

    private Measured ledger(long count, String evidence) {
        long calls = findings.ledger().upstreamCalls();
        return calls == 0
                ? Measured.nothing("the ledger is empty")
                : Measured.exact(count, calls, "client side and ledger joined", evidence.formatted(calls, count));
    }

    private Measured costPerRequest(ArmSummary summary, Counts counts) {
        return summary.cost()
                .map(cost -> Measured.exact(
                        cost.total().amount().doubleValue() / counts.requests(),
                        counts.requests(),
                        "usage times price, summed exactly",
                        "%s for %d requests".formatted(cost.total(), counts.requests())))
                .orElse(Measured.nothing("there is no price for every provider that was called"));
    }

    private Measured recovery() {
        List<FaultSummary> faults = findings.faults();
        if (faults.isEmpty()) {
            return Measured.nothing("no fault was in force");
        }
        if (findings.observations().direct()) {
            return Measured.nothing("recovery needs a gateway");
        }
        Optional<FaultSummary> never = faults.stream()
                .filter(f -> f.rtoKnown() && f.rtoMillis().isEmpty())
                .findFirst();
        if (never.isPresent()) {
            return Measured.beyond(
                    faults.size(),
                    "first window within objectives that stays so",
                    "after %s on %s it was never back within objectives"
                            .formatted(never.get().fault(), never.get().on()));
        }
        if (faults.stream().anyMatch(f -> !f.rtoKnown())) {
            return Measured.nothing(
                    "it takes windows of at least 50 requests and 1 s, and an error objective, to tell");
        }
        String method = "first window within objectives that stays so";
        return faults.stream().allMatch(f -> f.rtoMillis().getAsDouble() == 0)
                ? Measured.exact(0, faults.size(), method, "the gateway never left its objectives")
                : slowest(f -> f.rtoMillis().orElseThrow(), method);
    }

    private Measured detection() {
        List<FaultSummary> faults = findings.faults();
        if (faults.isEmpty()) {
            return Measured.nothing("no fault was in force");
        }
        if (faults.stream().anyMatch(f -> f.mttdMillis().isEmpty())) {
            return Measured.nothing("no later request was taken to another provider");
        }
        return slowest(f -> f.mttdMillis().orElseThrow(), "first call to another provider for a later request");
    }

    static String slowestOf(int faults) {
        return faults == 1 ? "" : ", the slowest of %d faults".formatted(faults);
    }

    private Measured slowest(ToDoubleFunction<FaultSummary> time, String method) {
        FaultSummary worst =
                findings.faults().stream().max(Comparator.comparingDouble(time)).orElseThrow();
        return Measured.exact(
                time.applyAsDouble(worst),
                findings.faults().size(),
                method,
                "%s after %s on %s came%s"
                        .formatted(
                                Values.millis(time.applyAsDouble(worst)),
                                worst.fault(),
                                worst.on(),
                                slowestOf(findings.faults().size())));
    }
}
