package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import java.util.Optional;
import java.util.OptionalLong;

/// What to do next for a request.
public sealed interface Step {

    /// Call a provider for a model.
    ///
    /// @param number of this request's tries, from 1
    record Try(Candidate candidate, int number) implements Step {
        public Arm arm() {
            return candidate.arm();
        }
    }

    /// Wait, then ask again.
    record Wait(long untilNanos) implements Step {}

    /// Tell the caller that it failed.
    ///
    /// @param why the last try's error; empty when no provider could be tried
    /// @param comeBackNanos when a try could make sense again, as far as is known
    record GiveUp(Optional<ErrorKind> why, OptionalLong comeBackNanos) implements Step {}
}
