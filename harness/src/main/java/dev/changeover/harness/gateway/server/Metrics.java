package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.Breakers;
import dev.changeover.harness.gateway.policy.ProviderBreaker.State;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What `GET /metrics` tells. Models that the gateway does not offer count as `other`, so that callers cannot make up
/// time series.
final class Metrics {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String OTHER = "other";
    private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Set<String> models;
    private final Counter requests = Counter.builder()
            .name("changeover_requests_total")
            .help("Requests that ended, by the status answered, or by what ended them without one.")
            .labelNames("model", "status")
            .withoutExemplars()
            .register(registry);
    private final Histogram latency = Histogram.builder()
            .name("changeover_request_seconds")
            .help("From a request's arrival to the last byte of its answer; of those answered, errors included.")
            .unit(Unit.SECONDS)
            .labelNames("model")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .withoutExemplars()
            .register(registry);
    private final Counter tries = Counter.builder()
            .name("changeover_upstream_tries_total")
            .help("Tries at a provider that ended, by the kind of error; none: it was served.")
            .labelNames("provider", "error")
            .withoutExemplars()
            .register(registry);
    private final Counter lookups = Counter.builder()
            .name("changeover_cache_lookups_total")
            .help("Requests looked up in the cache.")
            .labelNames("result")
            .withoutExemplars()
            .register(registry);
    private final Gauge queue = Gauge.builder()
            .name("changeover_queue_length")
            .help("Requests that wait for the limits.")
            .withoutExemplars()
            .register(registry);
    private final Gauge breaker = Gauge.builder()
            .name("changeover_breaker_state")
            .help("1 for the state that the provider's breaker is in.")
            .labelNames("provider", "state")
            .withoutExemplars()
            .register(registry);

    /// @param models that the gateway offers
    Metrics(Set<String> models) {
        this.models = Set.copyOf(models);
    }

    void answered(String model, int status, long latencyNanos) {
        String known = known(model);
        requests.labelValues(known, Integer.toString(status)).inc();
        latency.labelValues(known).observe(latencyNanos / 1e9);
    }

    void unanswered(String model, CallWatcher.End end) {
        requests.labelValues(known(model), end.name().toLowerCase(Locale.ROOT)).inc();
    }

    void tried(Arm arm, Outcome outcome) {
        String error = switch (outcome) {
            case Outcome.Served _ -> "none";
            case Outcome.Cancelled _ -> "cancelled";
            case Outcome.Failed(ErrorKind kind) -> kind.word();
        };
        tries.labelValues(arm.word(), error).inc();
    }

    void lookedUp(boolean hit) {
        lookups.labelValues(hit ? "hit" : "miss").inc();
    }

    /// Takes in what is read off the gateway's state; on its event loop.
    void sample(List<Arm> route, Breakers breakers, int waiting) {
        queue.set(waiting);
        for (Arm arm : route) {
            for (State state : State.values()) {
                breaker.labelValues(arm.word(), state.word()).set(breakers.state(arm) == state ? 1 : 0);
            }
        }
    }

    /// From any thread: the first time takes tens of milliseconds, too long for an event loop.
    Buffer text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(text.toByteArray());
    }

    private String known(String model) {
        return models.contains(model) ? model : OTHER;
    }
}
