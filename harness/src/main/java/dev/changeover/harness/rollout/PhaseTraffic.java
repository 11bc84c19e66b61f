package dev.changeover.harness.rollout;

import dev.changeover.harness.stats.Proportions;
import dev.changeover.harness.units.Arm;

/// What the gateway did with the traffic of one phase.
///
/// @param weight share of the new provider
/// @param sinceNanos when that was in force
final class PhaseTraffic {

    /// A count farther out than this is no chance.
    private static final double CONTRADICTION = 0.001;

    private final double weight;
    private final long sinceNanos;
    private long assignedOld;
    private long assignedNew;
    private long servedByNew;

    PhaseTraffic(double weight, long sinceNanos) {
        this.weight = weight;
        this.sinceNanos = sinceNanos;
    }

    double weight() {
        return weight;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /// @param newlyAssigned whether it was drawn for this request where to send it
    void add(Labelled request, Arm arm, boolean newlyAssigned) {
        if (newlyAssigned && request.sentNanos() >= sinceNanos) {
            if (arm == Arm.NEW) {
                assignedNew++;
            } else {
                assignedOld++;
            }
        }
        boolean ended = request.request().timing().doneNanos() >= sinceNanos;
        if (ended && arm == Arm.NEW && request.served() && !request.failed()) {
            servedByNew++;
        }
    }

    boolean newAnsweredNothing() {
        return servedByNew == 0;
    }

    long assigned() {
        return assignedOld + assignedNew;
    }

    long assignedNew() {
        return assignedNew;
    }

    /// How likely shares this far from the weight are by chance.
    double chance() {
        return assigned() == 0 ? 1 : Proportions.asFarOutOfWeight(assignedNew, assigned(), weight);
    }

    boolean contradictsTheWeight() {
        return chance() < CONTRADICTION;
    }
}
