package dev.changeover.harness.gate;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.Findings;
import dev.changeover.harness.check.Observations;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.wire.ErrorKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// What a gate found, as a clause without a full stop and with its numbers.
final class GateSentences {

    private final Findings findings;

    GateSentences(Findings findings) {
        this.findings = findings;
    }

    String of(GateResult gate) {
        return switch (gate.decision()) {
            case PASS -> "gate %s passed: %s".formatted(gate.spec().id(), gate.evidence());
            case INCONCLUSIVE -> unsettled(gate);
            case FAIL ->
                switch (gate.spec().limit()) {
                    case GateSpec.Limit.Margin _ -> worse(gate);
                    case GateSpec.Limit.Max _ -> broken(gate);
                    case GateSpec.Limit.Min _
                    when gate.spec().metric() == Metric.ROLLOUT_SHARE ->
                        "%s (the new provider's share was %s in the end, and %s is the aim)"
                                .formatted(gate.evidence(), observed(gate), threshold(gate));
                    case GateSpec.Limit.Min _ ->
                        "the %s was %s (%s; at least %s is asked)"
                                .formatted(
                                        gate.spec().metric().word(), observed(gate), gate.evidence(), threshold(gate));
                };
        };
    }

    private String unsettled(GateResult gate) {
        if (gate.observed().isEmpty()) {
            return "gate %s is not settled: %s".formatted(gate.spec().id(), gate.evidence());
        }
        String bound = gate.bound().isEmpty()
                ? "cannot be bounded"
                : "may be " + value(gate, gate.bound().getAsDouble());
        String more = gate.needed().isEmpty()
                ? "no number of requests like these would settle it"
                : String.format(
                        Locale.ROOT,
                        "about %,d more requests would settle it",
                        gate.needed().getAsLong());
        return "gate %s is not settled: %s was measured and %s, where the limit is %s; %s"
                .formatted(gate.spec().id(), observed(gate), bound, threshold(gate), more);
    }

    private String worse(GateResult gate) {
        String metric = gate.spec().metric().word();
        if (gate.observed().isEmpty() || gate.bound().isEmpty()) {
            return "the new provider's %s lies beyond the caller's patience (%s)".formatted(metric, gate.evidence());
        }
        return "the new provider's %s is worse by %s, and by %s at least, where less than %s is allowed (%s)"
                .formatted(
                        metric,
                        observed(gate),
                        value(gate, gate.bound().getAsDouble()),
                        threshold(gate),
                        gate.evidence());
    }

    private String broken(GateResult gate) {
        return switch (gate.spec().metric()) {
            case ERROR_RATE_FAULT ->
                "while %s, %s of requests failed (limit %s); %s"
                        .formatted(faultsHeld(), observed(gate), threshold(gate), cause());
            case ERROR_RATE -> failed(gate);
            case ERROR_RATE_STEADY ->
                "%s of requests that no fault touched failed (limit %s); %s"
                        .formatted(observed(gate), threshold(gate), cause());
            case LOST ->
                "%s requests were sent and got neither answer nor error (limit %s)"
                        .formatted(observed(gate), threshold(gate));
            case RECOVERY_TIME ->
                gate.observed().isEmpty()
                        ? "%s (limit %s)".formatted(gate.evidence(), threshold(gate))
                        : "the gateway was not back within objectives until %s (limit %s)"
                                .formatted(gate.evidence(), threshold(gate));
            case ROLLBACK_TIME -> wayBack(gate);
            case FAILBACK_TIME, MISANSWERED, HOPS, FALSE_GREEN, ALERT_DELAY, IN_FLIGHT ->
                "%s (limit %s)".formatted(gate.evidence(), threshold(gate));
            case LATENCY_MEAN,
                    LATENCY_P50,
                    LATENCY_P95,
                    LATENCY_P99,
                    TTFT_P50,
                    TTFT_P95,
                    TTFT_P99,
                    ITL_P95,
                    TPOT_P50,
                    TPOT_P95,
                    AVAILABILITY,
                    GOODPUT,
                    DUPLICATED,
                    ORPHANED,
                    RETRY_AMPLIFICATION,
                    DETECTION_TIME,
                    COST_PER_REQUEST,
                    COUNTED_RATIO,
                    ROLLOUT_SHARE ->
                "the %s was %s (%s; limit %s)"
                        .formatted(gate.spec().metric().word(), observed(gate), gate.evidence(), threshold(gate));
        };
    }

    private String wayBack(GateResult gate) {
        return findings.course()
                .rollback()
                .flatMap(CourseSentences::lie)
                .map(lie -> "%s (limit %s)".formatted(lie, threshold(gate)))
                .orElseGet(() -> gate.observed().isEmpty()
                        ? "the way back to the old provider was never complete: %s (limit %s)"
                                .formatted(gate.evidence(), threshold(gate))
                        : "the way back to the old provider took %s (%s; limit %s)"
                                .formatted(observed(gate), gate.evidence(), threshold(gate)));
    }

    /// Of all requests; with those that a fault touched named first, where there was one.
    private String failed(GateResult gate) {
        OptionalDouble inFaults = judgedArm().errorRateFault();
        return inFaults.isPresent()
                ? "while %s, %s of requests failed, %s of all in the run (limit %s); %s"
                        .formatted(
                                faultsHeld(),
                                Values.of(Metric.ERROR_RATE_FAULT, inFaults.getAsDouble()),
                                observed(gate),
                                threshold(gate),
                                cause())
                : "%s of requests failed (limit %s); %s".formatted(observed(gate), threshold(gate), cause());
    }

    private String faultsHeld() {
        List<FaultSummary> faults = findings.faults();
        if (faults.size() > 1) {
            return "one of %d faults was in force".formatted(faults.size());
        }
        return faults.isEmpty()
                ? "a fault was in force"
                : faults.stream()
                        .map(f -> "%s held the %s provider%s"
                                .formatted(
                                        f.fault(),
                                        f.on(),
                                        f.toMillis().isPresent()
                                                ? " for "
                                                        + Reasons.seconds(
                                                                f.toMillis().getAsDouble() - f.fromMillis())
                                                : ""))
                        .collect(Collectors.joining(" and "));
    }

    /// Why requests failed, as far as the history shows it.
    private String cause() {
        Map<ErrorKind, Long> errors = judgedArm().errors();
        Map.Entry<ErrorKind, Long> most = errors.entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .orElseThrow();
        long all = errors.values().stream().mapToLong(Long::longValue).sum();
        if (findings.observations().scenario().gateway() instanceof Gateway.Reference gateway) {
            if (most.getKey() == ErrorKind.EMPTY_ANSWER && gateway.trust() == Gateway.Trust.STATUS) {
                return "%d of %d were answers of status 200 with nothing in them, which a gateway that trusts"
                        .concat(" status codes passes on")
                        .formatted(most.getValue(), all);
            }
            if (gateway.route().size() == 1) {
                return "there was no other provider to go to";
            }
        }
        return "the commonest error was %s, %d of %d".formatted(most.getKey().word(), most.getValue(), all);
    }

    private ArmSummary judgedArm() {
        return findings.arms().get(findings.observations().direct() ? "new" : Observations.GATEWAY);
    }

    private String observed(GateResult gate) {
        return gate.observed().isPresent() ? value(gate, gate.observed().getAsDouble()) : "beyond measure";
    }

    private String threshold(GateResult gate) {
        return value(gate, gate.threshold().orElseThrow());
    }

    /// In the gate's own unit: a margin on a time is a share of it, a margin on a share is in points.
    private String value(GateResult gate, double value) {
        if (!(gate.spec().limit() instanceof GateSpec.Limit.Margin)) {
            return Values.of(gate.spec().metric(), value);
        }
        return gate.spec().metric().unit() == Metric.Unit.SHARE
                ? String.format(Locale.ROOT, "%.2f points", value * 100)
                : Values.percent(value);
    }
}
