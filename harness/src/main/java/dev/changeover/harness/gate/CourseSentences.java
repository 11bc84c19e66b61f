package dev.changeover.harness.gate;

import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.GatewayFinding;
import dev.changeover.harness.check.RollbackSummary;
import dev.changeover.harness.check.RollbackSummary.Condition;
import dev.changeover.harness.check.RolloutSummary;
import dev.changeover.harness.check.RolloutSummary.Phase;
import dev.changeover.harness.check.RolloutSummary.PhaseCourse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How faults, the rollout and the way back went, as clauses without a full stop.
final class CourseSentences {

    /// A share of traffic as far from its weight as this is no chance.
    private static final double CONTRADICTION = 0.001;

    private CourseSentences() {}

    static String fault(FaultSummary fault) {
        String held = fault.toMillis().isPresent()
                ? "held the %s provider for %s"
                        .formatted(fault.on(), Reasons.seconds(fault.toMillis().getAsDouble() - fault.fromMillis()))
                : "held the %s provider to the end".formatted(fault.on());
        String back = !fault.rtoKnown()
                ? "whether it recovered could not be told"
                : fault.rtoMillis().isEmpty()
                        ? "the gateway was never back within objectives"
                        : fault.rtoMillis().getAsDouble() == 0
                                ? "the gateway never left its objectives"
                                : "the gateway was back within objectives after "
                                        + Reasons.seconds(fault.rtoMillis().getAsDouble());
        return "%s %s and met %s; %s%s%s"
                .formatted(
                        fault.fault(),
                        held,
                        (fault.hitAtMost() ? "at most " : "") + requests(fault.requestsHit()),
                        back,
                        failback(fault),
                        fault.lost() == 0 ? "" : "; %s %s lost".formatted(requests(fault.lost()), was(fault.lost())));
    }

    private static String failback(FaultSummary fault) {
        if (!fault.failbackKnown()) {
            return "";
        }
        if (fault.failbackMillis().isEmpty()) {
            return ", and the provider never had its share of the traffic back";
        }
        double millis = fault.failbackMillis().getAsDouble();
        return millis == 0
                ? ""
                : ", and the provider had its share of the traffic back %s after the fault was gone"
                        .formatted(Reasons.seconds(millis));
    }

    static String requests(long count) {
        return count == 1 ? "1 request" : count + " requests";
    }

    /// "the rollout was rolled back at 10 % after 214 requests: E reached 20, ...".
    static String rollout(RolloutSummary rollout, Optional<RollbackSummary> rollback) {
        List<Phase> reached = rollout.phases().stream()
                .filter(phase -> phase.course() != PhaseCourse.NOT_REACHED)
                .toList();
        if (!rollout.refused().isEmpty()) {
            return "the gateway would not take the rollout's weight: " + rollout.refused();
        }
        if (reached.isEmpty()) {
            return rollout.rolledBack()
                    ? "the rollout was rolled back before it gave the new provider anything"
                    : "the rollout never began";
        }
        Phase last = reached.getLast();
        String at = Values.percent(last.weight());
        String requests = requests(last.requests());
        return switch (last.course()) {
            case ROLLED_BACK ->
                "the rollout was rolled back at %s after %s%s"
                        .formatted(
                                at,
                                requests,
                                rollback.filter(RollbackSummary::planned).isPresent()
                                        ? ", as planned"
                                        : because(last.why()));
            case HELD -> "the rollout was held at %s to the end%s".formatted(at, because(last.why()));
            case PROMOTED, UNDECIDED ->
                reached.size() == rollout.phases().size()
                        ? "the rollout went through all %d of its phases, up to %s"
                                .formatted(rollout.phases().size(), at)
                        : "the rollout had reached %s, phase %d of %d, when it ended"
                                .formatted(at, reached.size(), rollout.phases().size());
            case NOT_REACHED -> throw new IllegalStateException("filtered out");
        };
    }

    private static String because(String why) {
        return why.isBlank() ? "" : ": " + why;
    }

    /// Where the observed share says that the gateway did not do as told.
    static Optional<String> contradiction(RolloutSummary rollout) {
        return rollout.phases().stream()
                .filter(phase -> phase.chance().orElse(1) < CONTRADICTION)
                .findFirst()
                .map(phase ->
                        ("at a weight of %s, %d of %d that were newly given to a provider went to the new one, which"
                            + " chance does less than once in a thousand times: the gateway does not split as it was"
                            + " told")
                                .formatted(Values.percent(phase.weight()), phase.assignedNew(), phase.assigned()));
    }

    static String rollback(RollbackSummary rollback) {
        List<Condition> broken =
                rollback.conditions().stream().filter(Condition::broken).toList();
        String how = !broken.isEmpty()
                ? "it was never complete: "
                        + broken.stream().map(Condition::evidence).collect(Collectors.joining("; and "))
                : rollback.afterMillis().isPresent()
                        ? "it was complete after %s"
                                .formatted(Values.millis(rollback.afterMillis().getAsDouble()))
                        : "whether it was ever complete could not be told";
        return "the rollback was triggered at %s%s; %s%s"
                .formatted(
                        Reasons.seconds(rollback.triggeredMillis()),
                        rollback.planned() ? ", as planned" : "",
                        how,
                        toll(rollback));
    }

    /// What the way back cost; of what cost nothing, nothing but that.
    private static String toll(RollbackSummary rollback) {
        List<String> toll = new ArrayList<>();
        if (rollback.stragglers() > 0) {
            toll.add(calls(rollback.stragglers()) + " strayed to the new provider");
        }
        if (rollback.streamsCut() > 0) {
            toll.add("%d of the streams in flight %s cut".formatted(rollback.streamsCut(), was(rollback.streamsCut())));
        }
        if (rollback.lost() > 0) {
            toll.add("%s %s lost".formatted(requests(rollback.lost()), was(rollback.lost())));
        }
        if (rollback.duplicated() > 0) {
            toll.add("%s %s answered twice".formatted(requests(rollback.duplicated()), was(rollback.duplicated())));
        }
        return toll.isEmpty()
                ? "; no call strayed to the new provider, and nothing was cut, lost or answered twice"
                : "; " + String.join(", ", toll);
    }

    private static String was(long count) {
        return count == 1 ? "was" : "were";
    }

    private static String calls(long count) {
        return count == 1 ? "1 call" : count + " calls";
    }

    /// A script that claimed a success which was none.
    static Optional<String> lie(RollbackSummary rollback) {
        if (!rollback.scriptWasTrue().equals(Optional.of(false))) {
            return Optional.empty();
        }
        String why = rollback.conditions().stream()
                .filter(Condition::broken)
                .map(Condition::evidence)
                .findFirst()
                .orElseGet(() -> "it was complete only after "
                        + Values.millis(rollback.afterMillis().orElse(0)));
        return Optional.of("the rollback script said that it succeeded, and it was not true: " + why);
    }

    static Optional<String> gateway(GatewayFinding gateway) {
        if (!gateway.neverReady().isEmpty()) {
            return Optional.of("the gateway never became ready, so nothing was sent: " + gateway.neverReady());
        }
        if (gateway.diedMillis().isPresent()) {
            return Optional.of("the gateway died by itself at %s%s"
                    .formatted(
                            Reasons.seconds(gateway.diedMillis().getAsDouble()),
                            gateway.died().isBlank() ? "" : ": " + gateway.died()));
        }
        return Optional.empty();
    }

    static Optional<String> leftBehind(GatewayFinding gateway) {
        return gateway.leftBehind().isEmpty()
                ? Optional.empty()
                : Optional.of("the gateway left %s behind, which had to be killed: %s"
                        .formatted(
                                gateway.leftBehind().size() == 1
                                        ? "a child"
                                        : gateway.leftBehind().size() + " children",
                                String.join(", ", gateway.leftBehind())));
    }
}
