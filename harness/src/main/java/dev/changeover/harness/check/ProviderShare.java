package dev.changeover.harness.check;

import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import java.util.OptionalDouble;

/// How much of the traffic a provider answered before a fault, and was to answer by the rollout's plan later.
final class ProviderShare {

    /// How much of it must be back for the provider to count as back.
    static final double BACK = 0.9;

    private final FaultTimes faults;
    private final Join join;
    private final Shares shares;

    ProviderShare(Scenario scenario, History history, FaultTimes faults, Join join) {
        this.faults = faults;
        this.join = join;
        this.shares = new Shares(scenario, history);
    }

    /// Of the requests due before it, at the weight then in force, how many the provider answered; empty when none
    /// was due.
    OptionalDouble before(FaultTimes.Window fault) {
        long requests = 0;
        long answered = 0;
        long since = shares.sinceNanos(fault.inForceNanos());
        for (int i = 0; i < join.size(); i++) {
            long due = join.request(i).timing().dueNanos();
            if (due >= since && due < fault.inForceNanos() && !faults.hold(due) && !fromCache(i)) {
                requests++;
                answered += answeredBy(i, fault.on()) ? 1 : 0;
            }
        }
        return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) answered / requests);
    }

    /// Whether no provider was asked: what a gateway knew already says nothing of them.
    boolean fromCache(int i) {
        return join.request(i).outcome().isServed() && join.callCount(i) == 0;
    }

    boolean answeredBy(int i, Arm arm) {
        int delivered = join.deliveredCall(i);
        return delivered >= 0 && join.call(i, delivered).arm() == arm;
    }

    int[] byDue() {
        return Order.by(join.size(), i -> join.request(i).timing().dueNanos());
    }

    /// What is left of the provider's share by the rollout's plan, where that went on meanwhile: 1 or less.
    double planned(FaultTimes.Window fault, long nanos) {
        double then = planned(fault.on(), fault.inForceNanos() - 1);
        return then == 0 ? 1 : Math.min(1, planned(fault.on(), nanos) / then);
    }

    private double planned(Arm arm, long nanos) {
        double toNew = shares.at(nanos);
        return arm == Arm.NEW ? toNew : 1 - toNew;
    }
}
