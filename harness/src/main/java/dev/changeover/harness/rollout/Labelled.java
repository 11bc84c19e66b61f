package dev.changeover.harness.rollout;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import java.util.Optional;

/// A request that has ended, with the provider that it was first given to.
///
/// @param arm empty: it reached none, or nobody knows
/// @param failed whether that provider failed it, also when another saved it then
record Labelled(Event.Request request, Optional<Arm> arm, boolean failed) {

    String conversation() {
        return request.conversation();
    }

    long sentNanos() {
        return request.timing().sentNanos();
    }

    boolean served() {
        return request.outcome().isServed();
    }
}
