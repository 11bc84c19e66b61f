package dev.changeover.harness.check;

import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/// What the gateway and its operators did, apart from how requests fared.
///
/// @param rollout empty: none was planned
/// @param rollback empty: none was triggered
/// @param alerts every rule for every fault, by rule
public record Course(
        Optional<RolloutSummary> rollout,
        Optional<RollbackSummary> rollback,
        HopSummary hops,
        List<AlertSummary> alerts,
        AnswerSummary answers,
        GatewayFinding gateway) {

    /// Of a run in which nothing of all this happened.
    public static final Course NONE = new Course(
            Optional.empty(), Optional.empty(), HopSummary.NONE, List.of(), AnswerSummary.UNKNOWN, GatewayFinding.NONE);

    public Course {
        alerts = List.copyOf(alerts);
    }

    static Course of(Scenario scenario, History history, Observations observations, List<String> broken) {
        Join join = observations.join();
        FaultTimes faults = observations.faults();
        Firsts firsts = new Firsts(history, join);
        HopSummary hops = Findings.safely(
                "hops",
                () -> observations.direct()
                        ? HopSummary.NONE
                        : new HopCheck(scenario, history, faults, join, firsts).summary(),
                HopSummary.NONE,
                broken);
        return new Course(
                Findings.safely(
                        "the rollout",
                        () -> RolloutCheck.of(scenario, history, faults, join, firsts, hops),
                        Optional.empty(),
                        broken),
                Findings.safely(
                        "the rollback",
                        () -> RollbackCheck.of(scenario, history, faults, join, firsts),
                        Optional.empty(),
                        broken),
                hops,
                Findings.safely(
                        "alerts", () -> new AlertCheck(scenario, history, faults).summaries(), List.of(), broken),
                Findings.safely(
                        "answers", () -> new AnswerCheck(history, join).summary(), AnswerSummary.UNKNOWN, broken),
                Findings.safely("the gateway", () -> GatewayCheck.of(history), GatewayFinding.NONE, broken));
    }
}
