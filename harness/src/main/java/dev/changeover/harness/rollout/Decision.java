package dev.changeover.harness.rollout;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Share;

/// What is to be done now.
public sealed interface Decision {

    /// Give the new provider this share, and say when it is in force or that it was refused.
    record SetWeight(Share toNew) implements Decision {}

    record Ask(Approval.Question question) implements Decision {}

    /// Give everything back to the old provider, by whatever means the scenario names.
    record RollBack(String why) implements Decision {}

    /// Write this down.
    record Tell(Event event) implements Decision {}
}
