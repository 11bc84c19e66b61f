package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Share;
import java.time.Duration;
import java.util.Optional;

/// What the service promises its callers: a request that is served within both times met the objectives.
///
/// @param ttft time to first token, from when it was due; judged on streams only
/// @param latency to the last byte, from when it was due
/// @param errorRate of requests that may fail
public record Objectives(Optional<Duration> ttft, Optional<Duration> latency, Optional<Share> errorRate) {

    public static final Objectives NONE = new Objectives(Optional.empty(), Optional.empty(), Optional.empty());
}
