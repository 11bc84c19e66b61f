package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How traffic goes back to the old provider.
///
/// @param at trace time from the start of the window; empty: only when the rollout's gate says so
/// @param script the user's own, run for real; empty: ours, which gives the old provider all the weight
/// @param verify what must be true afterwards; its `within` is a gate on `rollback_time`
public record Rollback(Optional<Duration> at, Optional<Script> script, Optional<Verify> verify) {

    public Rollback {
        if (at.isPresent() && at.get().isNegative()) {
            throw new IllegalArgumentException("at must be >= 0, got " + at.get());
        }
    }

    /// @param command program and arguments, `{{...}}` filled in
    /// @param env variables added to the gateway's own, `{{...}}` filled in
    /// @param patience wall time after which it hangs, and is killed
    public record Script(List<String> command, Map<String, String> env, Duration patience) {
        public Script {
            command = List.copyOf(command);
            env = Maps.ordered(env);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("command must name a program");
            }
            if (!patience.isPositive()) {
                throw new IllegalArgumentException("patience must be > 0, got " + patience);
            }
        }
    }

    /// @param weightOld share of the requests due afterwards that the old provider has to answer
    /// @param health whether the gateway's health page has to be green
    /// @param configuration whether the gateway's files have to be byte for byte what they were
    /// @param within wall time from the trigger
    public record Verify(Share weightOld, boolean health, boolean configuration, Duration within) {
        public Verify {
            if (!within.isPositive()) {
                throw new IllegalArgumentException("within must be > 0, got " + within);
            }
        }
    }
}
