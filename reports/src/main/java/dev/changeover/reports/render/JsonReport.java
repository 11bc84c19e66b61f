package dev.changeover.reports.render;

import dev.changeover.harness.check.Difference;
import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.LedgerSummary;
import dev.changeover.harness.check.Validity;
import dev.changeover.harness.gate.GateResult;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.reports.claims.Claims;
import dev.changeover.reports.roi.RoiOf;
import java.util.Map;

/// `report.json`, the part that others script against: `docs/report-format.md` and `docs/report.schema.json`.
public final class JsonReport {

    static final String SCHEMA = "changeover.report/v1";
    private static final int MILLIS = 3;
    private static final int FINE = 6;

    private JsonReport() {}

    public static String render(Judgement judgement, History history) {
        Json report = new Json()
                .put("schema", SCHEMA)
                .put("scenario", judgement.scenario().name())
                .put("about", judgement.scenario().about())
                .put("verdict", judgement.verdict().name())
                .put("valid", judgement.validity().valid())
                .put("reasons", judgement.reasons())
                .put("ended_early", judgement.endedEarly())
                .put("gates", judgement.gates().stream().map(JsonReport::gate).toList());
        Json arms = new Json();
        judgement.arms().forEach((name, arm) -> arms.put(name, ArmJson.arm(arm)));
        report.put("arms", arms)
                .put(
                        "differences",
                        judgement.differences().stream()
                                .map(JsonReport::difference)
                                .toList())
                .put(
                        "faults",
                        judgement.faults().stream().map(JsonReport::fault).toList())
                .put("rollout", RolloutJson.of(judgement.course()))
                .put(
                        "alerts",
                        judgement.course().alerts().stream()
                                .map(alert -> AlertRow.json(alert).fields())
                                .toList())
                .put("gateway", CourseFacts.json(judgement.course()))
                .put("ledger", ledger(judgement.ledger()));
        RoiJson.into(report, RoiOf.run(judgement.scenario(), judgement.arms()));
        return report.put(
                        "claims",
                        Claims.of(judgement).stream()
                                .map(claim -> ClaimRow.json(claim).fields())
                                .toList())
                .put("validity", validity(judgement.validity()))
                .put("environment", environment(judgement, history))
                .pretty();
    }

    private static Map<String, Object> gate(GateResult gate) {
        return new Json()
                .put("id", gate.spec().id())
                .put("metric", gate.spec().metric().word())
                .put("decision", gate.decision().name())
                .put("required", gate.spec().required())
                .put("observed", gate.observed(), FINE)
                .put("bound", gate.bound(), FINE)
                .put("margin", gate.threshold(), FINE)
                .put("limit", gate.spec().limit().word())
                .put("unit", gate.unit())
                .put("n", gate.n())
                .put("needed", gate.needed())
                .put("method", gate.method())
                .put("evidence", gate.evidence())
                .fields();
    }

    private static Map<String, Object> difference(Difference difference) {
        return new Json()
                .put("metric", difference.metric().word())
                .put("old", difference.oldValue(), FINE)
                .put("new", difference.newValue(), FINE)
                .put("relative", difference.relative())
                .put("change", difference.change(), FINE)
                .put("low", difference.low(), FINE)
                .put("high", difference.high(), FINE)
                .put("unit", difference.metric().unit().word())
                .fields();
    }

    private static Map<String, Object> turn(FaultSummary.Turn turn) {
        return new Json()
                .put("from_ms", turn.fromMillis(), MILLIS)
                .put("to_ms", turn.toMillis(), MILLIS)
                .fields();
    }

    private static Map<String, Object> fault(FaultSummary fault) {
        return new Json()
                .put("fault", fault.fault())
                .put("on", fault.on())
                .put("from_ms", fault.fromMillis(), MILLIS)
                .put("to_ms", fault.toMillis(), MILLIS)
                .put("turns", fault.turns().stream().map(JsonReport::turn).toList())
                .put("mttd_ms", fault.mttdMillis(), MILLIS)
                .put("rto_ms", fault.rtoMillis(), MILLIS)
                .put("rto_known", fault.rtoKnown())
                .put("failback_ms", fault.failbackMillis(), MILLIS)
                .put("lost", fault.lost())
                .put("retry_amplification", fault.retryAmplification(), FINE)
                .put("requests_hit", fault.requestsHit())
                .put("requests_hit_at_most", fault.hitAtMost())
                .fields();
    }

    private static Json ledger(LedgerSummary ledger) {
        return new Json()
                .put("upstream_calls", ledger.upstreamCalls())
                .put("lost", ledger.lost())
                .put("duplicated", ledger.duplicated())
                .put("orphaned", ledger.orphaned())
                .put("wrong_model", ledger.wrongModel())
                .put("unattributed", ledger.unattributed())
                .put("wasted_cost", ledger.wastedCost().map(ArmJson::money))
                .put("retry_amplification", ledger.retryAmplification(), FINE);
    }

    private static Json validity(Validity validity) {
        return new Json()
                .put("why", validity.why())
                .put("longest_pause_ms", validity.longestPauseMillis(), MILLIS)
                .put("cpu_process_peak", validity.cpuProcessPeak(), FINE);
    }

    private static Json fitted(Event.RunStarted started) {
        Json byArm = new Json();
        started.fitted()
                .forEach((arm, fitted) -> byArm.put(
                        arm,
                        new Json()
                                .put("file", fitted.file())
                                .put("sha256", fitted.sha256())
                                .put("play", fitted.play())
                                .put("served", fitted.served())
                                .put("ks_ttft", fitted.ksTtft(), FINE)
                                .put("ks_rate", fitted.ksRate(), FINE)));
        return byArm;
    }

    private static Json environment(Judgement judgement, History history) {
        Event.RunStarted started = judgement.started();
        Json environment = new Json();
        if (!started.fitted().isEmpty()) {
            environment.put("fitted", fitted(started));
        }
        return environment
                .put("version", started.version())
                .put("jdk", started.jdk())
                .put("machine", started.machine())
                .put("cores", started.cores())
                .put("started_at", started.startedAt())
                .put("evidence", started.evidence())
                .put("generated_bodies", started.generatedBodies())
                .put("toxiproxy", started.toxiproxy())
                .put("trace", started.trace())
                .put("seed", judgement.scenario().seed())
                .put("speed", judgement.scenario().traffic().speed(), FINE)
                .put("planned_requests", started.planned())
                .put("arrived_requests", started.arrived())
                .put("load", Wording.load(judgement.scenario().traffic().load()))
                .put("span_ms", history.spanNanos() / 1e6, MILLIS)
                .put("send_lateness_ms", ArmJson.quantiles(judgement.validity().sendLateness()))
                .put("torn_records", history.tornRecords());
    }
}
