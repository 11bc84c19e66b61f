package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// Finds conversations that hop between providers. A move is explained by the way back to the old
/// provider, by a provider that failed the conversation or was kept out, by a fault where the gateway does
/// not tell its tries, and by a share of 0 or 100 %, which leaves no choice.
final class HopCheck {

    private record Hop(long atNanos, String conversation, Arm from, Arm to) {}

    private static final class Conversation {
        private Arm arm;
        private long sentNanos;
        private long doneNanos;
        private boolean failed;
        private int requests;
        private int hops;
    }

    private final Firsts firsts;
    private final Join join;
    private final FaultTimes faults;
    private final Shares shares;
    private final Disturbances disturbances;
    private final OptionalLong triggeredNanos;

    HopCheck(Scenario scenario, History history, FaultTimes faults, Join join, Firsts firsts) {
        this.firsts = firsts;
        this.join = join;
        this.faults = faults;
        this.shares = new Shares(scenario, history);
        this.disturbances = new Disturbances(history);
        this.triggeredNanos = RollbackCheck.triggered(history)
                .map(t -> OptionalLong.of(t.atNanos()))
                .orElse(OptionalLong.empty());
    }

    HopSummary summary() {
        Map<String, Conversation> conversations = new HashMap<>();
        Hop first = null;
        String worst = "";
        for (int i : Order.by(join.size(), i -> join.request(i).timing().sentNanos())) {
            Event.Request request = join.request(i);
            if (firsts.of(i).isEmpty()) {
                continue;
            }
            Arm arm = firsts.of(i).get();
            Conversation known = conversations.computeIfAbsent(request.conversation(), _ -> new Conversation());
            if (known.arm != null && known.arm != arm && !explained(known, arm, request.timing())) {
                known.hops++;
                if (first == null) {
                    first = new Hop(request.timing().sentNanos(), request.conversation(), known.arm, arm);
                }
                if (worst.isEmpty() || known.hops > conversations.get(worst).hops) {
                    worst = request.conversation();
                }
            }
            known.arm = arm;
            known.requests++;
            known.failed = firsts.failed(i);
            known.sentNanos = request.timing().sentNanos();
            known.doneNanos = request.timing().doneNanos();
        }
        return new HopSummary(
                conversations.values().stream().filter(c -> c.requests > 1).count(),
                conversations.values().stream().filter(c -> c.hops > 0).count(),
                first == null ? "" : clause(first),
                worst.isEmpty()
                        ? ""
                        : "%s hopped %d times in %d requests"
                                .formatted(worst, conversations.get(worst).hops, conversations.get(worst).requests));
    }

    private static String clause(Hop hop) {
        return String.format(
                Locale.ROOT,
                "%s went from %s to %s at %.1f s",
                hop.conversation(),
                hop.from().word(),
                hop.to().word(),
                hop.atNanos() / 1e9);
    }

    private boolean explained(Conversation before, Arm arm, Event.Timing now) {
        boolean noChoice = shares.allTo(arm, now.sentNanos());
        boolean wayBack = arm == Arm.OLD && triggeredNanos.isPresent() && now.sentNanos() >= triggeredNanos.getAsLong();
        boolean unseen = !firsts.attempts()
                && (faults.overlap(before.sentNanos, before.doneNanos)
                        || faults.overlap(now.sentNanos(), now.doneNanos()));
        return before.failed || noChoice || wayBack || unseen || disturbances.any(before.sentNanos, now.sentNanos());
    }
}
