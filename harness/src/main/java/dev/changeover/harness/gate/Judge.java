package dev.changeover.harness.gate;

import dev.changeover.harness.check.Findings;
import dev.changeover.harness.check.Side;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// From a history to a verdict. Pure: the same history gives the same judgement, any time later.
public final class Judge {

    private Judge() {}

    public static Judgement judge(Scenario scenario, History history) {
        Findings findings = Findings.of(scenario, history);
        List<GateResult> gates = Expected.of(scenario).stream()
                .map(spec -> safely(
                        binding(spec, findings),
                        findings,
                        findings.observations().judged()))
                .toList();
        Verdict verdict = verdict(findings, gates);
        return new Judgement(
                scenario,
                history.started(),
                verdict,
                Reasons.of(verdict, findings, gates),
                gates,
                findings.arms(),
                findings.differences(),
                findings.faults(),
                findings.ledger(),
                findings.course(),
                ClaimFindings.of(scenario, findings),
                findings.validity(),
                Reasons.endedEarly(history));
    }

    /// The gate as it counts: costs of made-up bodies at a real provider decide nothing.
    private static GateSpec binding(GateSpec spec, Findings findings) {
        boolean advisory = spec.metric() == Metric.COST_PER_REQUEST && Reasons.costIsAdvisory(findings);
        return advisory ? new GateSpec(spec.metric(), spec.limit(), false) : spec;
    }

    /// @param side whose figures they are, where the metric is of one side
    static GateResult safely(GateSpec spec, Findings findings, Optional<Side> side) {
        try {
            return switch (spec.limit()) {
                case GateSpec.Limit.Margin margin -> MarginGate.judge(spec, margin, findings);
                case GateSpec.Limit.Max _, GateSpec.Limit.Min _ -> LimitGate.of(spec, side, findings);
            };
        } catch (RuntimeException e) {
            return new GateResult(
                    spec,
                    Decision.INCONCLUSIVE,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    spec.metric().unit().word(),
                    0,
                    OptionalLong.empty(),
                    "the gate broke",
                    "a defect of ours, and no pass: " + e);
        }
    }

    private static Verdict verdict(Findings findings, List<GateResult> gates) {
        if (findings.course().gateway().broken() && ended(findings)) {
            return Verdict.NO_GO;
        }
        List<GateResult> required =
                gates.stream().filter(g -> g.spec().required()).toList();
        if (!findings.validity().valid() || required.isEmpty()) {
            return Verdict.INCONCLUSIVE;
        }
        if (required.stream().anyMatch(g -> g.decision() == Decision.FAIL)) {
            return Verdict.NO_GO;
        }
        boolean passed = required.stream().allMatch(g -> g.decision() == Decision.PASS);
        boolean measured = required.stream().anyMatch(g -> g.n() > 0);
        return passed && measured ? Verdict.GO : Verdict.INCONCLUSIVE;
    }

    /// Not stopped by us or by the testbed's own failure.
    private static boolean ended(Findings findings) {
        return findings.observations()
                .history()
                .ended()
                .filter(end -> switch (end.end()) {
                    case COMPLETED, GATEWAY_NOT_READY -> true;
                    case INTERRUPTED, BUDGET, TESTBED_FAILED -> false;
                })
                .isPresent();
    }
}
