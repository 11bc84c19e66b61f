package dev.changeover.reports.render;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.check.Course;
import dev.changeover.harness.check.Difference;
import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.LedgerSummary;
import dev.changeover.harness.check.Quantiles;
import dev.changeover.harness.check.Validity;
import dev.changeover.harness.gate.Decision;
import dev.changeover.harness.gate.GateResult;
import dev.changeover.harness.gate.Judge;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.gate.Verdict;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Alerts;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Objectives;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.backend.BackendChoice;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Judgements made by hand of [SampleHistories]: what reports are tried on.
record Samples(Judgement judgement, History history) {

    private static final String MOVER = "order-statistic bounds per arm, combined on the log scale (MOVER)";
    private static final Validity VALID = new Validity(List.of(), quantiles(new double[] {0.11, 0.2, 0.42}), 3.1, 0.38);

    /// A paired run that passes.
    static Samples paired() {
        return paired("provider-comparison", "gpt-4.1");
    }

    static Samples paired(String name, String model) {
        History history = SampleHistories.paired(model);
        TreeMap<String, ArmSummary> arms = new TreeMap<>();
        arms.put("old", arm(history, r -> r.arm().equals(Optional.of(Arm.OLD)), "old", "3.1204"));
        arms.put("new", arm(history, r -> r.arm().equals(Optional.of(Arm.NEW)), "new", "1.90215"));
        List<Difference> differences = List.of(
                difference(Metric.LATENCY_P50, arms, a -> a.latency().p50()),
                difference(Metric.LATENCY_P95, arms, a -> a.latency().p95()),
                difference(Metric.LATENCY_P99, arms, a -> a.latency().p99()),
                difference(Metric.TTFT_P50, arms, a -> a.ttft().p50()),
                difference(Metric.TTFT_P95, arms, a -> a.ttft().p95()),
                difference(Metric.ERROR_RATE, arms, ArmSummary::errorRate));
        List<GateResult> gates = List.of(
                gate(Metric.LATENCY_P95, new GateSpec.Limit.Margin(0.15, 0), true, Decision.PASS, -0.021, 0.014, 0.15),
                gate(Metric.TTFT_P95, new GateSpec.Limit.Margin(0.15, 0), true, Decision.PASS, -0.09, -0.05, 0.15),
                gate(Metric.ERROR_RATE, new GateSpec.Limit.Margin(0.0025, 0), true, Decision.PASS, -7e-4, 16e-4, 25e-4),
                gate(
                        Metric.LATENCY_P99,
                        new GateSpec.Limit.Margin(0.1, 0),
                        false,
                        Decision.INCONCLUSIVE,
                        0.03,
                        0.12,
                        0.1));
        List<String> reasons = List.of(
                "Both arms are simulated: this verdict speaks of the plan, not of the vendor.",
                "All 3 required gates passed: the new provider is no worse than the margins allow.",
                "Answer quality is not assessed.");
        return sample(
                name, new Gateway.None(), history, Verdict.GO, reasons, gates, arms, differences, List.of(), VALID);
    }

    /// A failover that recovers, but slower than it may.
    static Samples failover() {
        return failover("region-outage-failover", "gpt-4.1");
    }

    static Samples failover(String name, String model) {
        History history = SampleHistories.failover(model);
        TreeMap<String, ArmSummary> arms = new TreeMap<>();
        arms.put("gateway", arm(history, _ -> true, "old", "3.0177"));
        List<GateResult> gates = List.of(
                gate(Metric.RECOVERY_TIME, new GateSpec.Limit.Max(4_000), true, Decision.FAIL, 5_214, 5_214, 4_000),
                gate(Metric.LOST, new GateSpec.Limit.Max(20), true, Decision.PASS, 12, 12, 20),
                gate(Metric.ERROR_RATE_STEADY, new GateSpec.Limit.Max(0.01), true, Decision.PASS, 0.0024, 0.0047, 0.01),
                gate(
                        Metric.ERROR_RATE_FAULT,
                        new GateSpec.Limit.Max(0.002),
                        false,
                        Decision.INCONCLUSIVE,
                        0.0019,
                        0.0061,
                        0.002));
        FaultSummary fault = new FaultSummary(
                "region-outage",
                "old",
                FaultSummary.Turn.once(40_000, OptionalDouble.of(80_002)),
                OptionalDouble.of(80_002),
                OptionalDouble.of(3_104),
                OptionalDouble.of(5_214),
                true,
                OptionalDouble.of(8_400),
                true,
                12,
                OptionalDouble.of(1.104),
                104,
                false);
        List<String> reasons = List.of(
                "Recovery took 5.21 s and may take 4 s: recovery_time.max failed.",
                "Both arms are simulated: this verdict speaks of the gateway and the plan, not of the vendor.",
                "12 requests were lost, all of them in flight when the region went dark.");
        return sample(
                name, reference(), history, Verdict.NO_GO, reasons, gates, arms, List.of(), List.of(fault), VALID);
    }

    /// Nothing came of it: no request, an invalid run.
    static Samples empty() {
        History history = History.of(List.of(SampleHistories.started()), 1);
        TreeMap<String, ArmSummary> arms = new TreeMap<>();
        arms.put("new", arm(history, _ -> true, "new", "0"));
        GateResult gate = new GateResult(
                new GateSpec(Metric.LATENCY_P95, new GateSpec.Limit.Max(2_000), true),
                Decision.INCONCLUSIVE,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(2_000),
                "ms",
                0,
                OptionalLong.empty(),
                "",
                "");
        Validity invalid = new Validity(List.of("The new arm answered nothing."), quantiles(new double[0]), 0, 0);
        return sample(
                "empty",
                new Gateway.None(),
                history,
                Verdict.INCONCLUSIVE,
                List.of("The run is not valid: the new arm answered nothing."),
                List.of(gate),
                arms,
                List.of(),
                List.of(),
                invalid);
    }

    /// The same history as the real judge sees it.
    Samples judged() {
        return new Samples(Judge.judge(judgement.scenario(), history), history);
    }

    private static Samples sample(
            String name,
            Gateway gateway,
            History history,
            Verdict verdict,
            List<String> reasons,
            List<GateResult> gates,
            TreeMap<String, ArmSummary> arms,
            List<Difference> differences,
            List<FaultSummary> faults,
            Validity validity) {
        Traffic traffic = new Traffic(
                Path.of("conversations.jsonl.gz"),
                Duration.ZERO,
                Optional.empty(),
                2,
                new Share(0.6),
                Optional.empty(),
                Deadlines.CALLER,
                Duration.ofSeconds(2));
        Scenario scenario = new Scenario(
                name,
                "The old provider is left for one that costs a third less.",
                traffic,
                Map.of(Arm.OLD, provider(), Arm.NEW, provider()),
                gateway,
                new BackendChoice.Embedded(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Objectives(
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.of(new Share(0.01))),
                gates.stream().map(GateResult::spec).toList(),
                Alerts.NONE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                7);
        LedgerSummary ledger = new LedgerSummary(
                history.ledger().size(),
                faults.isEmpty() ? 0 : 12,
                0,
                faults.isEmpty() ? 0 : 3,
                0,
                0,
                Optional.of(new Money(new BigDecimal("0.0031"), "USD")),
                OptionalDouble.of(1.035));
        return new Samples(
                new Judgement(
                        scenario,
                        history.started(),
                        verdict,
                        reasons,
                        gates,
                        arms,
                        differences,
                        faults,
                        ledger,
                        Course.NONE,
                        List.of(),
                        validity,
                        ""),
                history);
    }

    private static Provider provider() {
        return new Provider(
                new Provider.Source.Real(URI.create("https://api.example.com/v1"), Optional.empty()),
                Map.of(),
                Optional.empty());
    }

    private static Gateway reference() {
        return new Gateway.Reference(
                List.of(Arm.OLD, Arm.NEW),
                Deadlines.GATEWAY,
                Gateway.Retry.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Gateway.Trust.CONTENT);
    }

    private static GateResult gate(
            Metric metric,
            GateSpec.Limit limit,
            boolean required,
            Decision decision,
            double observed,
            double bound,
            double threshold) {
        boolean relative = limit instanceof GateSpec.Limit.Margin && metric.unit() != Metric.Unit.SHARE;
        return new GateResult(
                new GateSpec(metric, limit, required),
                decision,
                OptionalDouble.of(observed),
                OptionalDouble.of(bound),
                OptionalDouble.of(threshold),
                relative ? "ratio" : metric.unit().word(),
                3_000,
                decision == Decision.INCONCLUSIVE ? OptionalLong.of(4_100) : OptionalLong.empty(),
                MOVER,
                "3,000 looked at, 7 beyond the limit; first request 212, worst request 1,904");
    }

    private static Difference difference(
            Metric metric, Map<String, ArmSummary> arms, Function<ArmSummary, OptionalDouble> value) {
        double before = value.apply(arms.get("old")).orElseThrow();
        double after = value.apply(arms.get("new")).orElseThrow();
        boolean relative = metric.unit() != Metric.Unit.SHARE;
        double change = relative ? after / before - 1 : after - before;
        double width = relative ? 0.031 : 0.0017;
        return new Difference(
                metric,
                OptionalDouble.of(before),
                OptionalDouble.of(after),
                relative,
                OptionalDouble.of(change),
                OptionalDouble.of(change - width),
                OptionalDouble.of(change + width));
    }

    private static ArmSummary arm(History history, Predicate<Event.Request> which, String by, String cost) {
        List<Event.Request> requests = history.requests().stream().filter(which).toList();
        List<Event.Request> served =
                requests.stream().filter(r -> r.outcome().isServed()).toList();
        TreeMap<ErrorKind, Long> errors = new TreeMap<>();
        requests.forEach(r -> {
            if (r.outcome() instanceof Outcome.Failed(var kind)) {
                errors.merge(kind, 1L, Long::sum);
            }
        });
        long failed = requests.size() - served.size();
        boolean any = !requests.isEmpty();
        OptionalDouble errorRate = any ? OptionalDouble.of((double) failed / requests.size()) : OptionalDouble.empty();
        Money total = new Money(new BigDecimal(cost), "USD");
        return new ArmSummary(
                requests.size(),
                served.size(),
                0,
                errors,
                errors.getOrDefault(ErrorKind.TRUNCATED_STREAM, 0L),
                errorRate,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                any ? OptionalDouble.of(0.991) : OptionalDouble.empty(),
                any ? OptionalDouble.of(24.7) : OptionalDouble.empty(),
                quantiles(millis(served, r -> r.timing().latencyNanos())),
                quantiles(millis(served, r -> r.timing().serviceNanos())),
                quantiles(millis(served, r -> r.timing().ttftNanos().orElse(0))),
                quantiles(any ? new double[] {20.2, 21.9, 31.4} : new double[0]),
                quantiles(any ? new double[] {20.6, 21.1, 24.8} : new double[0]),
                new ArmSummary.TokenTotals(
                        served.size() * 480L,
                        served.size() * 160L,
                        0,
                        0,
                        any ? OptionalDouble.of(1.0) : OptionalDouble.empty()),
                new TreeMap<>(Map.of(by, (long) served.size())),
                any
                        ? Optional.of(new ArmSummary.CostSummary(
                                total, Optional.of(total), Optional.of(total.times(BigDecimal.valueOf(12_000)))))
                        : Optional.empty());
    }

    private static double[] millis(List<Event.Request> requests, ToLongFunction<Event.Request> nanos) {
        return requests.stream().mapToLong(nanos).mapToDouble(n -> n / 1e6).toArray();
    }

    private static Quantiles quantiles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quantiles(
                sorted.length,
                Arrays.stream(sorted).average(),
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.95),
                at(sorted, 0.99),
                at(sorted, 1));
    }

    private static OptionalDouble at(double[] sorted, double q) {
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted[(int) Math.ceil(q * sorted.length) - 1]);
    }
}
