package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.GateSpec.Limit;
import java.util.List;
import java.util.Set;

/// What a gate asks of the scenario that it stands in: the column "needs" of `docs/gates.md`.
final class GateNeeds {

    /// Of what clients saw behind a gateway; no single provider has them.
    static final Set<Metric> OF_THE_WHOLE = Set.of(
            Metric.DUPLICATED,
            Metric.ORPHANED,
            Metric.RETRY_AMPLIFICATION,
            Metric.RECOVERY_TIME,
            Metric.DETECTION_TIME,
            Metric.FAILBACK_TIME,
            Metric.ROLLBACK_TIME,
            Metric.MISANSWERED,
            Metric.HOPS,
            Metric.FALSE_GREEN,
            Metric.ALERT_DELAY,
            Metric.IN_FLIGHT,
            Metric.ROLLOUT_SHARE);

    private static final Set<Metric> GATEWAY = Set.of(
            Metric.RECOVERY_TIME,
            Metric.DETECTION_TIME,
            Metric.ERROR_RATE_FAULT,
            Metric.FAILBACK_TIME,
            Metric.MISANSWERED,
            Metric.HOPS,
            Metric.FALSE_GREEN);

    private static final Set<Metric> FAULT = Set.of(
            Metric.RECOVERY_TIME,
            Metric.DETECTION_TIME,
            Metric.ERROR_RATE_FAULT,
            Metric.FAILBACK_TIME,
            Metric.ALERT_DELAY);

    private final Fields root;
    private final List<Problem> problems;

    GateNeeds(Fields root, List<Problem> problems) {
        this.root = root;
        this.problems = problems;
    }

    void check(GateSpec gate, Gateway gateway) {
        Metric metric = gate.metric();
        boolean alone = gateway instanceof Gateway.None;
        if (GATEWAY.contains(metric) && alone) {
            lacks(metric, "a gateway", "add gateway: { reference: ... }, or remove it");
        } else if (metric == Metric.FALSE_GREEN && !ChangeChecks.hasHealthPage(gateway)) {
            lacks(metric, "the gateway's health page", "give the gateway health: /path, or remove the gate");
        }
        if (FAULT.contains(metric) && !written("faults")) {
            lacks(metric, "a fault", "add one to faults, or remove the gate");
        }
        if (metric == Metric.ROLLBACK_TIME && !written("rollback")) {
            lacks(metric, "a rollback", "add rollback, or remove the gate");
        }
        if (metric == Metric.ROLLOUT_SHARE && !written("rollout")) {
            lacks(metric, "a rollout", "add rollout, or remove the gate");
        }
        if (metric == Metric.ALERT_DELAY && !written("alerts")) {
            lacks(metric, "alert rules", "add alerts.rules, or remove the gate");
        }
        if (gate.limit() instanceof Limit.Margin && !alone) {
            add(
                    metric,
                    "a margin on %s needs both arms side by side".formatted(metric.word()),
                    "use gateway: none, or a max instead of the margin");
        }
    }

    /// Whether it is there, right or wrong.
    private boolean written(String key) {
        return root.places().containsKey(key) && !(root.values().get(key) instanceof List<?> list && list.isEmpty());
    }

    private void lacks(Metric metric, String what, String remedy) {
        add(metric, "%s needs %s".formatted(metric.word(), what), remedy);
    }

    private void add(Metric metric, String what, String remedy) {
        problems.add(root.table("expect").orElseThrow().placeOf(metric.word()).problem(what, remedy));
    }
}
