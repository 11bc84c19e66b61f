package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.CallPlan;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import java.time.InstantSource;
import java.util.Map;

/// What the calls of one gateway share: the policy, and the means to carry it out. All of it on one event loop.
record Shell(
        Vertx vertx,
        HttpClientAgent client,
        Gateway.Reference config,
        Map<Arm, ReferenceGateway.Upstream> upstreams,
        CallPlan.Shared policy,
        EventSink events,
        Ticker ticker,
        InstantSource wallClock) {

    long now() {
        return ticker.nanos();
    }

    /// Runs something on this event loop at a time of the ticker, a millisecond late at most, never early.
    long at(long dueNanos, Runnable action) {
        long millis = Math.max(1, Math.ceilDiv(dueNanos - now(), 1_000_000L));
        return vertx.setTimer(millis, _ -> action.run());
    }
}
